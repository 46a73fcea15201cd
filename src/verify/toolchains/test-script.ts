import type { PackageManager } from "../look.ts";
import { commandsOf, runnerCalledBy, wordsOf } from "../runners/recognise.ts";
import type { Runner } from "../toolchain.ts";
import { alone, inTurn, joined, stepsBefore, type TestScript, throughNpx } from "./script-commands.ts";
import { isLint, runsMany, type Scripts, scriptCalledBy, scriptsOf } from "./script-steps.ts";

const placeholder = /no test specified/;
const build = /\b(build|compile|bundle|generate|tsc)\b/;

/**
 * Follows the script `name` through `npm run …` to the runner it calls; null if there is no such script. Arguments given
 * to a script are added to its last command: where the runner is not the last one, it is called by itself.
 */
export function testScript(
  scripts: Scripts,
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

  const called = commands.map(
    (command) => ({ runner: runnerCalledBy(wordsOf(command)) ?? "command" }) as const,
  );
  const runner = isMocha(called) ? null : runnerCalledBy(last);
  // pnpm runs no script before another.
  const before = `pre${name}` in scripts && manager !== "pnpm" ? `${manager} run pre${name} && ` : "";
  if (runner !== null) {
    const whole = `${before}${script}`;
    return { runner, test, testWithArguments, script: whole, ...stepsBefore(whole) };
  }

  const [, piped = ""] = /^([^|&;]+?)\s*\|(?!\|)/.exec(script) ?? [];
  if (runnerCalledBy(wordsOf(piped)) === "tap") {
    // What is behind it only shows it in another way.
    const bare = `${before}${throughNpx(piped)}`;
    return { runner: "tap", test: bare, testWithArguments: bare, script: bare, ...stepsBefore(bare) };
  }

  const inside = (command: string): TestScript | null => {
    const other = depth < 5 ? scriptCalledBy(wordsOf(command)) : null;
    const found = other === null ? null : testScript(scripts, manager, other, depth + 1);
    return found?.runner === "command" ? null : found;
  };
  const steps = commands.flatMap((command) => scriptsOf(command, scripts));
  const ending = commands.at(-1) ?? "";
  const inner = runsMany(ending) ? null : inside(ending);
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

  const direct = (step: string): TestScript | null => {
    const called = runnerCalledBy(wordsOf(step));
    if (called === null) return inside(step);
    const alone = throughNpx(step);
    return { runner: called, test: alone, testWithArguments: alone, script: step };
  };
  for (const [index, step] of steps.entries()) {
    const called = runnerCalledBy(wordsOf(step));
    const one = direct(step);
    if (one === null) continue;
    const others = steps.slice(index + 1).map(direct);
    // Beside other things a further script of mocha's is of packages, browsers and the like.
    const atOnce = byEnvironment.test(one.runner) || (one.runner === "mocha" && isMocha(steps.map(direct)));
    // node:test is asked for its report by environment, so that it may be called several times.
    if (called !== null && (called === "node-test" || !atOnce)) {
      const isSame = (other: string) => runnerCalledBy(wordsOf(other)) === called;
      const end = called === "node-test" ? steps.findLastIndex(isSame) : index;
      const first = before === "" ? [] : [`${manager} run pre${name}`];
      const wanted = [...first, ...steps.slice(0, end + 1)].filter((other) => !isLint(other, scripts));
      if (wanted.length > 1 && !/[|;]/.test(script)) return inTurn(called, wanted);
      if (called === "node-test" && wanted.length > 1)
        return { runner: called, test, testWithArguments: test, script };
      return { runner: called, test, testWithArguments: throughNpx(step), script: step };
    }
    // One of several scripts, with linters and browsers beside it: it is run alone, after what is built for it.
    const builds = steps.slice(0, index).filter((before) => build.test(before) && !/--noEmit\b/.test(before));
    const alike = others.filter((other) => other?.runner === one.runner).filter((other) => other !== null);
    return joined(builds, atOnce ? [one, ...alike] : [one]);
  }
  const kept = /[|;]/.test(script) ? [] : steps.filter((step) => !isLint(step, scripts));
  if (kept.length > 0 && kept.length < steps.length) {
    const { testWithArguments: rest } = inTurn("command", kept);
    return { runner: "command", test: rest, testWithArguments: rest, script: rest };
  }
  return { runner: "command", test: alone(scripts, name) ?? test, testWithArguments: test, script };
}

// Asked for their reports by environment: so are several scripts that call them.
const byEnvironment = /^(node-test|jasmine)$/;

/** Whether all of several commands are mocha's, of which each run leaves a report of its own. */
const isMocha = (steps: readonly ({ readonly runner: Runner } | null)[]): boolean =>
  steps.length > 1 && steps.every((step) => step?.runner === "mocha");
