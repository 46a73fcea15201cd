import { commandsOf, wordsOf } from "../runners/recognise.ts";

const managers = /^(npm|pnpm|yarn|lerna|wsrun|bun)$/;
const everywhere = /^(-ws|--workspaces(=true)?|-r|--recursive|--filter(=.*)?|workspaces|ws|run-many)$/;

/**
 * Whether the script for tests does nothing but call that of each package, as `npm test --workspaces` and `pnpm -r test`
 * do. One that builds before, or leaves that to a tool that does, is more.
 */
export function isRecursive(scripts: Readonly<Record<string, unknown>>): boolean {
  const script = scripts.test;
  if (typeof script !== "string" || "pretest" in scripts) return false;
  const [command = "", ...more] = commandsOf(script);
  const [program = "", ...rest] = wordsOf(command);
  if (more.length > 0 || !managers.test(program)) return false;
  const calls = rest.some((word) => /^(t|test)$/.test(word));
  return calls && (program === "lerna" || program === "wsrun" || rest.some((word) => everywhere.test(word)));
}
