import { dirname } from "node:path/posix";
import type { Linter } from "../linter.ts";
import { complaintsIn, ended, linesIn, unformatted } from "../read.ts";

const form = /^(?:vet: )?(?<file>[^\s:#][^:]*\.go):(?<line>\d+):(?:\d+:)? (?<message>.*)$/;
const place: Pick<Linter, "from" | "files" | "settings"> = {
  from: "machine",
  files: /\.go$/,
  settings: [{ files: /(^|\/)go\.mod$/, at: "nearest" }],
};

/** The packages of the changed files. Says also what does not compile there. */
export const goVet: Linter = {
  ...place,
  ...{ name: "go vet", program: "go" },
  args: (files) => ["vet", ...new Set(files.map((file) => `./${dirname(file)}`))],
  read: (printed) => ended(printed, complaintsIn(printed.errors, form), [0], [1, 2]),
};

export const gofmt: Linter = {
  ...place,
  ...{ name: "gofmt", program: "gofmt", implied: true },
  args: (files) => ["-l", ...files],
  read: (printed) => ended(printed, unformatted(linesIn(printed.output)), [0]),
};
