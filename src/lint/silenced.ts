import type { Finding } from "../verify/types.ts";

/** Words in a comment or an attribute by which a linter, formatter or type checker says nothing of a place. */
const words =
  /(?:\/\/|\/\*|<!--|#)\s*(?:eslint-disable|biome-ignore|prettier-ignore|@ts-(?:ignore|nocheck|expect-error))\b|#\s*(?:ruff:\s*|flake8:\s*)?noqa\b|#\s*type:\s*ignore\b|\b(?:pylint|mypy):\s*(?:disable|ignore)|#\s*fmt:\s*(?:off|skip)\b|#!?\[(?:allow|expect)\(|\brustfmt::skip\b|\/\/\s*nolint\b/;

const most = 20;

/** The first added lines that tell a linter to be silent: what it would have said there nobody knows. */
export function silencedLines(added: ReadonlyMap<string, ReadonlyMap<number, string>>): Finding[] {
  const all = [...added].flatMap(([file, lines]) =>
    [...lines].flatMap(([line, text]): Finding[] => {
      if (!words.test(text)) return [];
      const reason = "This added line tells a linter to say nothing here.";
      return [{ gate: "linter-silenced", weight: "remark", file, line, reason }];
    }),
  );
  return all.slice(0, most);
}
