import { holdsSection } from "../holds.ts";
import type { Linter, Setting } from "../linter.ts";
import { ended, lineOf, linesIn, objects, objectsIn, stringOf, unformatted } from "../read.ts";

const files = /\.pyi?$/;
const own = /(^|\/)\.?ruff\.toml$/;
const shared = /(^|\/)pyproject\.toml$/;
const place = { program: "ruff", from: "machine", files } as const;

/** https://docs.astral.sh/ruff/configuration/#command-line-interface */
export const ruff: Linter = {
  ...place,
  name: "ruff",
  settings: [
    { files: own, at: "outermost" },
    { files: shared, holds: holdsSection("tool.ruff"), at: "outermost" },
  ],
  args: (paths) => ["check", "--output-format", "json", "--no-cache", "--force-exclude", ...paths],
  read: (printed) => {
    const found = objectsIn(printed.output)?.map((one) => {
      const [at = {}] = objects([one.location]);
      const message = stringOf(one.message);
      return {
        ...{ file: stringOf(one.filename), line: lineOf(at.row), message, severity: "error" as const },
        rule: typeof one.code === "string" ? one.code : null,
      };
    });
    return ended(printed, found ?? null, [0, 1]);
  },
};

// Where ruff lints, another formatter may be at home.
const formats: readonly Setting[] = [
  { files: own, holds: holdsSection("format"), at: "outermost" },
  { files: shared, holds: holdsSection("tool.ruff.format"), at: "outermost" },
];

export const ruffFormat: Linter = {
  ...place,
  name: "ruff format",
  settings: formats,
  args: (paths) => ["format", "--check", "--no-cache", "--force-exclude", ...paths],
  read: (printed) => {
    const old = /^Would reformat: (.+)$/;
    const now = /^ --> (.+?):\d+:\d+$/;
    const lines = linesIn(printed.output);
    const named = lines.flatMap((line, index) => {
      const isChange = lines[index - 1]?.startsWith("unformatted: ") === true;
      return (old.exec(line) ?? (isChange ? now.exec(line) : null))?.[1] ?? [];
    });
    return ended(printed, unformatted(named), [0], [1]);
  },
};
