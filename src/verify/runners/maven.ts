import { classIn, listJavaSources, readJavaReports } from "./java-test-files.ts";
import { commandsOf, runnerCalledBy, wordsOf } from "./recognise.ts";
import { quoted, type TestRunner } from "./runner.ts";

/**
 * Surefire writes JUnit XML by itself. `-o`: there is no network while tests run; `-fae`: a module whose tests fail must not
 * hide those of the others.
 */
export const maven: TestRunner = {
  ask: ({ test }) => ({ command: test.replace(/(\bmvnw?)\b(?!.* -o\b)/, "$1 -o -fae") }),
  lists: listJavaSources,
  // Without the two settings a module that has none of them would fail.
  only: ({ test }, files) => {
    const classes = files.map(classIn).filter((name) => name !== null);
    if (classes.length < files.length || runnerCalledBy(wordsOf(commandsOf(test).at(-1) ?? "")) !== "maven")
      return null;
    const chosen = quoted(`-Dtest=${classes.flatMap((name) => [name, `${name}$*`]).join(",")}`);
    return `${test} ${chosen} -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false`;
  },
  writesInto: "**/target/{surefire,failsafe}-reports/TEST-*.xml",
  read: readJavaReports,
};
