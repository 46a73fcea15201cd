import { holdsSection } from "../holds.ts";
import type { Linter } from "../linter.ts";
import { ended, linesIn, unformatted } from "../read.ts";

/** https://black.readthedocs.io/en/stable/usage_and_configuration/the_basics.html */
export const black: Linter = {
  name: "black",
  program: "black",
  from: "machine",
  settings: [{ files: /(^|\/)pyproject\.toml$/, holds: holdsSection("tool.black"), at: "nearest" }],
  files: /\.pyi?$/,
  args: (files) => ["--check", "--config", "pyproject.toml", ...files],
  read: (printed) => {
    const named = linesIn(printed.errors).flatMap((line) => /^would reformat (.+)$/.exec(line)?.[1] ?? []);
    return ended(printed, unformatted(named), [0], [1]);
  },
};
