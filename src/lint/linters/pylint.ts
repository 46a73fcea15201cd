import type { Linter } from "../linter.ts";
import { ended, lineOf, objectsIn, stringOf } from "../read.ts";

/** Bits of its exit code: it was used wrongly, or it broke. */
const broken = 32 | 1;
/** What is installed the tests say better than a linter beside them. */
const aboutPackages = "import-error";

/** https://pylint.readthedocs.io/en/stable/user_guide/usage/run.html */
export const pylint: Linter = {
  name: "pylint",
  program: "pylint",
  from: "machine",
  settings: [
    { files: /(^|\/)\.?pylintrc(?:\.toml)?$/, at: "nearest" },
    { files: /(^|\/)pyproject\.toml$/, holds: /^\s*\[tool\.pylint\b/m, at: "nearest" },
    { files: /(^|\/)(?:setup\.cfg|tox\.ini)$/, holds: /^\[pylint\b/m, at: "nearest" },
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
    return (printed.code & broken) !== 0 && found?.length === 0 ? null : ended(printed, codes, found ?? null);
  },
};

const codes = Array.from({ length: 32 }, (_, code) => code);
