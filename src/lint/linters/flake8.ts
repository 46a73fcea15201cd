import { holdsSection } from "../holds.ts";
import type { Linter } from "../linter.ts";
import { complaintsIn, ended } from "../read.ts";

const form = /^(?<file>.+?):(?<line>\d+):\d+: (?<rule>[A-Z]+\d+) (?<message>.*)$/;

/** https://flake8.pycqa.org/en/latest/user/options.html */
export const flake8: Linter = {
  name: "flake8",
  program: "flake8",
  from: "machine",
  settings: [
    { files: /(^|\/)\.flake8$/, at: "nearest" },
    { files: /(^|\/)(?:setup\.cfg|tox\.ini)$/, holds: holdsSection("flake8"), at: "nearest" },
  ],
  files: /\.py$/,
  args: (files) => ["--format=%(path)s:%(row)d:%(col)d: %(code)s %(text)s", "--jobs=1", ...files],
  read: (printed) => ended(printed, complaintsIn(printed.output, form), [0], [1]),
};
