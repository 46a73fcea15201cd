import type { PackageManager } from "../look.ts";
import { commandsOf, runnerCalledBy, wordsOf } from "../runners/recognise.ts";
import type { Runner } from "../toolchain.ts";

/** What a package.json's script for tests does in the end. */
export interface TestScript {
  readonly runner: Runner;
  /** As a person would type it. */
  readonly test: string;
  /** Shell text at whose end the runner's arguments may be added. */
  readonly testWithArguments: string;
  /** The script's text. */
  readonly script: string;
  /** What stands in `script` before the tests, to build something for them; absent: nothing does. */
  readonly builds?: string;
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
  // `pnpm test` takes no flags of the script's, `pnpm run test` does.
  const testWithArguments = {
    npm: `${alone(scripts, name) ?? test} --`,
    pnpm: `pnpm run ${name}`,
    yarn: test,
    bun: test,
  }[manager];
  const commands = commandsOf(script);
  const last = wordsOf(commands.at(-1) ?? "");

  const runner = runnerCalledBy(last);
  // pnpm runs no script before another.
  const before = `pre${name}` in scripts && manager !== "pnpm" ? `${manager} run pre${name} && ` : "";
  if (runner !== null) {
    const whole = `${before}${script}`;
    return { runner, test, testWithArguments, script: whole, ...stepsBefore(whole) };
  }

  const inside = (command: string): TestScript | null => {
    const other = depth < 5 ? scriptCalledBy(wordsOf(command)) : null;
    const found = other === null ? null : testScript(scripts, manager, other, depth + 1);
    return found?.runner === "command" ? null : found;
  };
  const steps = commands.flatMap((command) => scriptsOf(command, scripts));
  const ending = commands.at(-1) ?? "";
  const inner = manyScripts.test(last[0] ?? "") ? null : inside(ending);
  const others = steps.slice(0, -1).some((step) => inside(step) !== null);
  if (inner !== null && !others) {
    const opening = script.slice(0, script.lastIndexOf(ending));
    return {
      ...inner,
      test,
      testWithArguments: `${opening}${inner.testWithArguments}`,
      script: `${before}${opening}${inner.script}`,
    };
  }

  for (const [index, step] of steps.entries()) {
    const called = runnerCalledBy(wordsOf(step));
    // node:test is asked for its report by environment, so the whole script can stay.
    if (called === "node-test") return { runner: called, test, testWithArguments: test, script };
    if (called !== null) return { runner: called, test, testWithArguments: throughNpx(step), script };
    const one = inside(step);
    if (one === null) continue;
    // One of several scripts, with linters and browsers beside it: it is run alone, after what is built for it.
    const builds = steps.slice(0, index).filter((before) => build.test(before) && !/--noEmit\b/.test(before));
    const others = steps.slice(index + 1).map(inside);
    const alike = others.filter((other) => other?.runner === one.runner).filter((other) => other !== null);
    return joined(builds, atOnce.test(one.runner) ? [one, ...alike] : [one]);
  }
  return { runner: "command", test: alone(scripts, name) ?? test, testWithArguments: test, script };
}

/** `npm run name` without what npm runs after it: sending coverage somewhere, opening a page. null: nothing would be. */
function alone(scripts: Readonly<Record<string, unknown>>, name: string): string | null {
  if (!(`post${name}` in scripts)) return null;
  return `${`pre${name}` in scripts ? `npm run pre${name} && ` : ""}npm --ignore-scripts run ${name}`;
}

/** What a script does before the last of its commands, where it goes on only if that succeeds. */
function stepsBefore(script: string): Pick<TestScript, "builds"> {
  const [, builds] = /^(.+?)\s*&&[^&|;]*$/s.exec(script) ?? [];
  return builds === undefined || /[|;]/.test(builds) ? {} : { builds };
}

// Asked for their reports by environment: so are several scripts that call them.
const atOnce = /^(node-test|jasmine)$/;

/** Scripts of one runner, each run to its end whatever the one before it says, after what is built for them. */
function joined(builds: readonly string[], scripts: readonly TestScript[]): TestScript {
  const [one] = scripts as [TestScript, ...TestScript[]];
  const built = builds.length === 0 ? {} : { builds: builds.join(" && ") };
  const after = (text: string) => [...builds, text].join(" && ");
  const test = after(scripts.map((script) => script.test).join(" && "));
  if (scripts.length === 1) {
    const [testWithArguments, script] = [after(one.testWithArguments), after(one.script)];
    return { ...one, test, testWithArguments, script, ...built };
  }
  const each = scripts.map((script) => `${script.test} || failed=$?; `).join("");
  const script = after(scripts.map((one) => one.script).join(" && "));
  return { ...one, test, testWithArguments: after(`{ failed=0; ${each}(exit $failed); }`), script, ...built };
}

const manyScripts = /^(npm-run-all2?|run-s|run-p)$/;
const build = /\b(build|compile|bundle|generate|tsc)\b/;

/** `run-s X Y:*` as what it runs one after the other; any other command as it is. */
function scriptsOf(command: string, scripts: Readonly<Record<string, unknown>>): string[] {
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
function scriptCalledBy(words: readonly string[]): string | null {
  const [manager = "", ...rest] = words.filter((word) => !/^(--silent|-s|run|run-script)$/.test(word));
  return /^(npm|pnpm|yarn|bun)$/.test(manager) && rest.length === 1 ? (rest[0] ?? null) : null;
}

function throughNpx(command: string): string {
  const [, assignments = "", rest = ""] = /^((?:\w+=\S*\s+)*)(.*)$/s.exec(command) ?? [];
  return /^(npx|node|pnpm|yarn)\b/.test(rest) ? command : `${assignments}npx --no-install ${rest}`;
}
