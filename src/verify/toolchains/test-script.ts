import { commandsOf, runnerCalledBy, wordsOf } from "../runners/recognise.ts";
import type { Runner } from "../toolchain.ts";

export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

/** What a package.json's script for tests does in the end. */
export interface TestScript {
  readonly runner: Runner;
  /** As a person would type it. */
  readonly test: string;
  /** Shell text at whose end the runner's arguments may be added. */
  readonly testWithArguments: string;
  /** The script's text. */
  readonly script: string;
}

const placeholder = /no test specified/;

/**
 * Follows the script `name` through `npm run …` to the runner it calls; null if there is no such script. Arguments given
 * to a script are added to its last command: where the runner is not the last one, it is called by itself.
 */
export function testScript(
  scripts: Readonly<Record<string, unknown>>,
  manager: PackageManager,
  name = "test",
  depth = 0,
): TestScript | null {
  const script = scripts[name];
  if (typeof script !== "string" || script.trim() === "" || placeholder.test(script)) return null;
  const test = name === "test" ? `${manager} test` : `${manager} run ${name}`;
  const testWithArguments = manager === "npm" ? `${test} --` : test;
  const commands = commandsOf(script);
  const last = wordsOf(commands.at(-1) ?? "");

  const runner = runnerCalledBy(last);
  if (runner !== null) return { runner, test, testWithArguments, script };

  const other = depth < 5 ? scriptCalledBy(last) : null;
  const inner = other === null ? null : testScript(scripts, manager, other, depth + 1);
  if (inner !== null) {
    const before = script.slice(0, script.lastIndexOf(commands.at(-1) ?? ""));
    return {
      ...inner,
      test,
      testWithArguments: `${before}${inner.testWithArguments}`,
      script: `${before}${inner.script}`,
    };
  }

  for (const command of commands) {
    const called = runnerCalledBy(wordsOf(command));
    // node:test is asked for its report by environment, so the whole script can stay.
    if (called === "node-test") return { runner: called, test, testWithArguments: test, script };
    if (called !== null) return { runner: called, test, testWithArguments: throughNpx(command), script };
  }
  return { runner: "command", test, testWithArguments: test, script };
}

/** The script that `npm run X`, `yarn X`, … calls without arguments of its own. */
function scriptCalledBy(words: readonly string[]): string | null {
  const [manager = "", ...rest] = words.filter((word) => !/^(--silent|-s|run|run-script)$/.test(word));
  return /^(npm|pnpm|yarn|bun)$/.test(manager) && rest.length === 1 ? (rest[0] ?? null) : null;
}

function throughNpx(command: string): string {
  const [, assignments = "", rest = ""] = /^((?:\w+=\S*\s+)*)(.*)$/s.exec(command) ?? [];
  return /^(npx|node|pnpm|yarn)\b/.test(rest) ? command : `${assignments}npx --no-install ${rest}`;
}
