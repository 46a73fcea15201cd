import type { Linter } from "../linter.ts";
import { complaintsIn, ended } from "../read.ts";

const form = /^(?<file>\S.*?)\((?<line>\d+),\d+\): error (?<rule>TS\d+): (?<message>.*)$/;

/** The types of the whole project of a tsconfig.json; nothing is written. */
export const tsc: Linter = {
  name: "tsc",
  program: "tsc",
  from: "packages",
  settings: [{ files: /(^|\/)tsconfig\.json$/, at: "nearest" }],
  files: /\.(?:[cm]?[jt]sx?|json)$/,
  whole: true,
  args: () => ["--noEmit", "--pretty", "false", "-p", "tsconfig.json"],
  read: (printed) => ended(printed, complaintsIn(printed.output, form), [0], [1, 2]),
};
