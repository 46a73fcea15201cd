import { holdsSection } from "../holds.ts";
import type { Linter } from "../linter.ts";
import { lineOf, objectsIn, stringOf } from "../read.ts";

/** Bits of its exit code. */
const [fatal, misused] = [1, 32];
/** What is installed the tests say better than a linter beside them. */
const aboutPackages = "import-error";

/** https://pylint.readthedocs.io/en/stable/user_guide/usage/run.html */
export const pylint: Linter = {
  name: "pylint",
  program: "pylint",
  from: "machine",
  settings: [
    { files: /(^|\/)\.?pylintrc(?:\.toml)?$/, at: "nearest" },
    { files: /(^|\/)pyproject\.toml$/, holds: holdsSection("tool.pylint"), at: "nearest" },
    { files: /(^|\/)(?:setup\.cfg|tox\.ini)$/, holds: holdsSection("pylint"), at: "nearest" },
  ],
  files: /\.py$/,
  args: (files) => ["--output-format=json", "--score=n", "--jobs=1", ...files],
  read: (printed) => {
    const found = objectsIn(printed.output.trim() === "" ? "[]" : printed.output)
      ?.filter(({ symbol }) => symbol !== aboutPackages)
      .map((one) => ({
        ...{ file: stringOf(one.path), line: lineOf(one.line), rule: stringOf(one.symbol) },
        ...{ message: stringOf(one.message).split("\n", 1)[0] ?? "", severity: "error" as const },
      }));
    // What cannot be parsed is a complaint of the same bit as a breakdown.
    const isBroken = (printed.code & (found?.length === 0 ? misused | fatal : misused)) !== 0;
    return isBroken || printed.code > 63 ? null : (found ?? null);
  },
};
