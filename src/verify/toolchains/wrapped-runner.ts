import type { Look } from "../look.ts";
import { commandsOf, wordsOf } from "../runners/recognise.ts";
import type { TestScript } from "./script-commands.ts";

/**
 * `found` with the runner called by itself where its script calls a shell program of the repository that is named after the
 * runner and passes no arguments on, as `./scripts/jest` may: those that ask for a report would be lost.
 */
export async function withoutWrapper(look: Look, found: TestScript): Promise<TestScript> {
  const last = commandsOf(found.script).at(-1) ?? "";
  const path = (wordsOf(last)[0] ?? "").replace(/^\.\//, "");
  if (found.runner === "command" || !path.includes("/") || !look.paths.includes(path)) return found;
  const text = (await look.read(path)) ?? "";
  if (!/^#!.*\b(ba|da|z|k)?sh\b/.test(text) || /\$[@*]/.test(text)) return found;
  const before = found.script.slice(0, found.script.lastIndexOf(last));
  const script = `${before}npx --no-install ${found.runner}`;
  // What npm does for a script.
  const withPrograms = `PATH="$PWD/node_modules/.bin:$PATH"; export PATH; ${script}`;
  return { ...found, test: script, testWithArguments: withPrograms, script };
}
