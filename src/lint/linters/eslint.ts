import { holdsKey } from "../holds.ts";
import type { Complaint, Linter } from "../linter.ts";
import { ended, lineOf, objects, objectsIn, stringOf } from "../read.ts";

/** https://eslint.org/docs/latest/use/command-line-interface */
export const eslint: Linter = {
  name: "eslint",
  program: "eslint",
  from: "packages",
  settings: [
    {
      files: /(^|\/)eslint\.config\.[cm]?[jt]s$/,
      at: "nearest",
      args: ["--no-warn-ignored"],
    },
    // These add up from the root down. From 9 on ESLint has to be asked for them.
    { files: /(^|\/)\.eslintrc(\.\w+)?$/, at: "outermost", env: { ESLINT_USE_FLAT_CONFIG: "false" } },
    {
      ...{ files: /(^|\/)package\.json$/, holds: holdsKey("eslintConfig"), at: "outermost" },
      env: { ESLINT_USE_FLAT_CONFIG: "false" },
    },
  ],
  files: /\.(?:[cm]?[jt]sx?|vue|svelte)$/,
  args: (files) => ["--format", "json", "--no-error-on-unmatched-pattern", ...files],
  read: (printed) => {
    const files = objectsIn(printed.output);
    return ended(printed, files?.flatMap(complaintsOf) ?? null, [0, 1]);
  },
};

function complaintsOf({ filePath, messages }: Record<string, unknown>): Complaint[] {
  return objects(messages).flatMap((one) => {
    const message = stringOf(one.message);
    // Whether a file can be parsed the tests say, and of one without a parser here nothing is known.
    if (one.fatal === true || message.startsWith("File ignored")) return [];
    const endLine = lineOf(one.endLine);
    return [
      {
        ...{ file: stringOf(filePath), line: lineOf(one.line), message },
        ...(endLine === null ? {} : { endLine }),
        rule: typeof one.ruleId === "string" ? one.ruleId : null,
        severity: one.severity === 2 ? "error" : "warning",
      },
    ];
  });
}
