import { classIn, listJavaSources, readJavaReports } from "./java-test-files.ts";
import { commandsOf, runnerCalledBy, wordsOf } from "./recognise.ts";
import { quoted, type TestRunner } from "./runner.ts";
import { mavenSummary } from "./summaries.ts";

/** Passes on what Maven prints, and fails where that says that tests failed or Maven did. */
const status = `
failed=0
while IFS= read -r line; do
  printf '%s\\n' "$line"
  case "$line" in
    *'] There are test failures'* | *'] There was a timeout or other error in the fork'* | 'maven has failed') failed=1 ;;
  esac
done
exit $failed
`;

/**
 * Surefire writes JUnit XML by itself. `-o`: there is no network while tests run. A module whose tests fail must not hide
 * those of the modules that need it, so Maven goes on, and what it prints decides on the exit code instead.
 */
export const maven: TestRunner = {
  ask: ({ test }, { programs }) => ({
    command: `{ ${test.replace(/(\bmvnw?)\b(?!.* -o\b)/, "$1 -o -fae -Dmaven.test.failure.ignore=true")} || echo 'maven has failed'; } 2>&1 | sh ${quoted(`${programs}/maven-status.sh`)}`,
  }),
  programs: { "maven-status.sh": status },
  lists: listJavaSources,
  summary: mavenSummary,
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
