import { holdsLine } from "../holds.ts";
import type { Complaint, Linter } from "../linter.ts";
import { ended, jsonIn, lineOf, linesIn, objects, stringOf, unformatted } from "../read.ts";

const place = { program: "cargo", from: "machine", files: /\.rs$|(^|\/)Cargo\.toml$/, whole: true } as const;
const manifest = /(^|\/)Cargo\.toml$/;

export const cargoFmt: Linter = {
  ...place,
  ...{ name: "cargo fmt", implied: true, settings: [{ files: manifest, at: "outermost" }] },
  args: () => ["fmt", "--all", "--", "-l", "--check"],
  read: (printed) => ended(printed, unformatted(linesIn(printed.output)), [0], [1]),
};

/** Compiles the whole workspace: so only where the repository says that it uses it. */
export const clippy: Linter = {
  ...place,
  name: "cargo clippy",
  settings: [
    { files: /(^|\/)\.?clippy\.toml$/, at: "nearest" },
    { files: manifest, holds: holdsLine(/^[ \t]*\[(?:workspace\.)?lints\b/m), at: "outermost" },
    {
      files: /^\.github\/workflows\/[^/]+\.ya?ml$/,
      holds: holdsLine(/\bcargo[ \w+-]{1,40}\bclippy\b/),
      at: "root",
    },
  ],
  args: () => ["clippy", "--workspace", "--all-targets", "--quiet", "--message-format=json"],
  read: (printed) => {
    const messages = objects(linesIn(printed.output).map(jsonIn));
    const isDone = messages.some(({ reason }) => reason === "build-finished");
    return isDone ? ended(printed, messages.flatMap(complaintOf), [0], [101]) : null;
  },
};

function complaintOf({ reason, message }: Record<string, unknown>): Complaint[] {
  const [said = {}] = reason === "compiler-message" ? objects([message]) : [];
  const span = objects(said.spans).find(({ is_primary: isPrimary }) => isPrimary === true);
  if (span === undefined) return [];
  const [code = {}] = objects([said.code]);
  return [
    {
      ...{ file: stringOf(span.file_name), line: lineOf(span.line_start), severity: "error" },
      rule: stringOf(code.code) || null,
      message: stringOf(said.message).split("\n", 1)[0] ?? "",
    },
  ];
}
