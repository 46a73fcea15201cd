import { holdsSection } from "../holds.ts";
import type { Linter } from "../linter.ts";
import { complaintsIn, ended } from "../read.ts";

const form = /^(?<file>.+?):(?<line>\d+): error: (?<message>.*)$/;
const named = / \[([\w-]+)\]$/;

/** https://mypy.readthedocs.io/en/stable/command_line.html */
export const mypy: Linter = {
  name: "mypy",
  program: "mypy",
  from: "machine",
  settings: [
    { files: /(^|\/)\.?mypy\.ini$/, at: "nearest" },
    { files: /(^|\/)pyproject\.toml$/, holds: holdsSection("tool.mypy"), at: "nearest" },
    { files: /(^|\/)setup\.cfg$/, holds: holdsSection("mypy"), at: "nearest" },
  ],
  files: /\.pyi?$/,
  args: (files) => [
    ...["--no-error-summary", "--hide-error-context", "--no-color-output", "--show-error-codes"],
    ...["--no-pretty", "--cache-dir=/dev/null", ...files],
  ],
  read: (printed) => {
    const found = complaintsIn(printed.output, form).map((one) => ({
      ...one,
      rule: named.exec(one.message)?.[1] ?? null,
      message: one.message.replace(named, "").trim(),
    }));
    // What is installed the tests say better than a checker beside them.
    const own = found.filter(({ rule }) => !/^import/.test(rule ?? ""));
    const isSyntax = printed.code === 2 && found.length > 0;
    return isSyntax ? own : ended(printed, own, [0, 1]);
  },
};
