import { classIn, listJavaSources, readJavaReports } from "./java-test-files.ts";
import { commandsOf, wordsOf } from "./recognise.ts";
import { quoted, type TestRunner } from "./runner.ts";

/** Projects that have none of the chosen tests are no failure, and results of another run are not taken for this one's. */
const settings = `
allprojects {
  tasks.withType(Test) {
    filter.failOnNoMatchingTests = false
    outputs.upToDateWhen { false }
  }
}
`;

/** Gradle writes JUnit XML by itself. `--offline`: there is no network while tests run. */
export const gradle: TestRunner = {
  ask: ({ test }, { programs }) => ({
    command: `${test} --offline --continue --no-daemon -I ${quoted(`${programs}/firstdraft.gradle`)}`,
  }),
  programs: { "firstdraft.gradle": settings },
  lists: listJavaSources,
  only: ({ test }, files) => {
    const classes = files.map(classIn).filter((name) => name !== null);
    // `check` and `build` take no `--tests`.
    const [program = "", ...tasks] = wordsOf(commandsOf(test).at(-1) ?? "");
    const takesTests = /(^|\/)gradlew?$/.test(program) && /(^|:)test$/.test(tasks.at(-1) ?? "");
    if (classes.length < files.length || !takesTests) return null;
    return `${test} ${classes.map((name) => `--tests ${quoted(name.includes(".") ? name : `*${name}`)}`).join(" ")}`;
  },
  writesInto: "**/build/test-results/**/TEST-*.xml",
  read: readJavaReports,
};
