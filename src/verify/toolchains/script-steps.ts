import { commandsOf, wordsOf } from "../runners/recognise.ts";

/** The scripts of a package.json, by name. */
export type Scripts = Readonly<Record<string, unknown>>;

const manyScripts = /^(npm-run-all2?|run-s|run-p)$/;
/** Whether a command is a program that runs several scripts. */
export const runsMany = (command: string): boolean => manyScripts.test(wordsOf(command)[0] ?? "");

/** `run-s X Y:*` as what it runs one after the other; any other command as it is. */
export function scriptsOf(command: string, scripts: Scripts): string[] {
  const [called = "", ...rest] = wordsOf(command);
  if (!manyScripts.test(called)) return [command];
  return (
    rest
      .filter((word) => !word.startsWith("-"))
      .flatMap((pattern) => {
        const [prefix = "", ...more] = pattern.split("*");
        return more.length === 0 ? pattern : Object.keys(scripts).filter((name) => name.startsWith(prefix));
      })
      // What it is given stands behind its name: "unit {@}".
      .map((called) => `npm run ${called.split(" ", 1)[0]}`)
  );
}

/** The script that `npm run X`, `yarn X`, … calls without arguments of its own. */
export function scriptCalledBy(words: readonly string[]): string | null {
  const [manager = "", ...rest] = words.filter((word) => !/^(--silent|-s|run|run-script)$/.test(word));
  return /^(npm|pnpm|yarn|bun)$/.test(manager) && rest.length === 1 ? (rest[0] ?? null) : null;
}

// And browsers, which are not to be had here.
const linters =
  /^(karma|cypress|wdio|testcafe|eslint|xo|(semi)?standard|tslint|jshint|jscs|prettier|biome|oxlint|stylelint|dprint|tsd|dtslint|attw|publint|knip|size-limit)$/;

/** Whether a command only looks at the code, also where it is a script that does. */
export function isLint(command: string, scripts: Scripts, depth = 0): boolean {
  const words = wordsOf(command);
  const called = depth < 5 ? scriptCalledBy(words) : null;
  const script = called === null ? undefined : scripts[called];
  if (typeof script === "string") return commandsOf(script).every((one) => isLint(one, scripts, depth + 1));
  const [program = ""] = words.filter((word) => !/^(npx|--.*)$/.test(word));
  return linters.test(program) || (program === "tsc" && words.includes("--noEmit"));
}
