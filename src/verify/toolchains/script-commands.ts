import { wordsOf } from "../runners/recognise.ts";
import { quoted } from "../runners/runner.ts";
import type { Runner } from "../toolchain.ts";
import { type Scripts, scriptCalledBy } from "./script-steps.ts";

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

/** Commands of a script one after the other, with the programs that a package manager puts within its reach. */
export function inTurn(runner: Runner, commands: readonly string[]): TestScript {
  const script = commands.join(" && ");
  const isReached = commands.every((one) => scriptCalledBy(wordsOf(one)) !== null);
  const reach = isReached ? "" : 'PATH="$PWD/node_modules/.bin:$PATH"; export PATH; ';
  return { runner, test: script, testWithArguments: `${reach}${script}`, script, ...stepsBefore(script) };
}

/** Scripts of one runner, each run to its end whatever the one before it says, after what is built for them. */
export function joined(builds: readonly string[], scripts: readonly TestScript[]): TestScript {
  const [one] = scripts as [TestScript, ...TestScript[]];
  const built = builds.length === 0 ? {} : { builds: builds.join(" && ") };
  const after = (text: string) => [...builds, text].join(" && ");
  const test = after(scripts.map((script) => script.test).join(" && "));
  if (scripts.length === 1) {
    const [testWithArguments, script] = [after(one.testWithArguments), after(one.script)];
    return { ...one, test, testWithArguments, script, ...built };
  }
  const each = scripts.map(({ testWithArguments }) => `${testWithArguments} "$@" || failed=$?; `).join("");
  const all = quoted(`failed=0; ${each}exit $failed`);
  const script = after(scripts.map((one) => one.script).join(" && "));
  // What is added to it stands behind each of them.
  return { ...one, test, testWithArguments: after(`sh -c ${all} tests`), script, ...built };
}

/** What a script does before the last of its commands, where it goes on only if that succeeds. */
export function stepsBefore(script: string): Pick<TestScript, "builds"> {
  const [, builds] = /^(.+?)\s*&&[^&|;]*$/s.exec(script) ?? [];
  return builds === undefined || /[|;]/.test(builds) ? {} : { builds };
}

/** `npm run name` without what npm runs after it: sending coverage somewhere, opening a page. null: nothing would be. */
export function alone(scripts: Scripts, name: string): string | null {
  if (!(`post${name}` in scripts)) return null;
  return `${`pre${name}` in scripts ? `npm run pre${name} && ` : ""}npm --ignore-scripts run ${name}`;
}

/** A command as it is called where no script calls it. */
export function throughNpx(command: string): string {
  const [, assignments = "", rest = ""] = /^((?:\w+=\S*\s+)*)(.*)$/s.exec(command) ?? [];
  return /^(npx|node|pnpm|yarn)\b/.test(rest) ? command : `${assignments}npx --no-install ${rest}`;
}
