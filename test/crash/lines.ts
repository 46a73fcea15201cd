import type { Files } from "../../src/demo/github/types.ts";
import type { ScriptedReply } from "../../src/demo/messages-api.ts";
import { bash, edit, summary, write } from "../helpers/sums.ts";

/** A suite that costs milliseconds: each test is a line of shell, and the report is written by the loop. */
const suite = (before: string) => `cd "$(dirname "$0")"
${before}
echo '<testsuites><testsuite name="lines">' >report.xml
failed=0
for file in *.test; do
  echo "<testcase name=\\"\${file%.test}\\" classname=\\"$file\\">" >>report.xml
  sh "./$file" || { failed=1; echo '<failure message="it is not so"/>' >>report.xml; }
  echo '</testcase>' >>report.xml
done
echo '</testsuite></testsuites>' >>report.xml
exit $failed
`;

/** What its command line shows while the suite runs. */
export const suiteCommand = "tests/run.sh";

export const configPath = ".github/firstdraft.yml";

/** A repository with a bug and a test that does not show it. `before`: a line of shell that its suite begins with. */
export const lines = (before = ""): Files => ({
  [configPath]: `setup: null
test: sh ${suiteCommand}
report: tests/report.xml
tests: ["tests/*.test"]
`,
  ".gitignore": "tests/report.xml\n",
  "add.sh": 'echo "$(($1 - $2))"\n',
  [suiteCommand]: suite(before),
  "tests/nothing.test": '[ "$(sh ../add.sh 3 0)" = 3 ]\n',
});

/** The model's way to a proved change; `first` is what it runs first. */
export const proof = (first = "cat add.sh"): readonly ScriptedReply[] => [
  { text: "I look first.", tools: [bash(first)] },
  {
    text: "On it.",
    tools: [
      write("tests/adds.test", '[ "$(sh ../add.sh 1 2)" = 3 ]\n'),
      edit("add.sh", "$1 - $2", "$1 + $2"),
    ],
  },
  { text: summary },
];

/** Whether this is the comment on an issue that has its draft. */
export const isDraft = (comment: string) => comment.startsWith("**Draft**");
