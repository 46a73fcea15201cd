import type { Complaint, Linter } from "../linter.ts";
import { ended, lineOf, linesIn, unformatted } from "../read.ts";

const form =
  /^::(?<severity>error|warning|notice) title=(?<rule>[^,]+),file=(?<file>[^,]+),line=(?<line>\d+),endLine=(?<end>\d+),[^:]*::(?<message>.*)$/;

/** https://biomejs.dev/reference/reporters/: lines as for a GitHub workflow, since 1.8. */
export const biome: Linter = {
  name: "biome",
  program: "biome",
  from: "packages",
  settings: [{ files: /(^|\/)biome\.jsonc?$/, at: "outermost" }],
  files: /\.(?:[cm]?[jt]sx?|jsonc?|css|graphql|vue|svelte|astro)$/,
  // There is no git directory where it runs.
  args: (files) => [
    ...["check", "--reporter=github", "--colors=off", "--vcs-enabled=false", "--max-diagnostics=200"],
    ...["--no-errors-on-unmatched", ...files],
  ],
  read: (printed) => {
    const lines = linesIn(printed.output);
    // A configuration that it cannot use and a complaint end with the same code.
    return ended(printed, lines.flatMap(complaintOf), lines.some((line) => form.test(line)) ? [0, 1] : [0]);
  },
};

function complaintOf(printed: string): Complaint[] {
  const { severity, rule = "", file = "", line, end, message = "" } = form.exec(printed)?.groups ?? {};
  if (severity === undefined || rule === "parse") return [];
  if (rule === "format") return unformatted([decoded(file)]);
  const endLine = lineOf(Number(end));
  return [
    {
      ...{ file: decoded(file), line: lineOf(Number(line)), rule, message: decoded(message) },
      ...(endLine === null ? {} : { endLine }),
      severity: severity === "error" ? "error" : "warning",
    },
  ];
}

/** https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions */
const decoded = (text: string): string =>
  text.replace(/%(0A|0D|25|3A|2C)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
