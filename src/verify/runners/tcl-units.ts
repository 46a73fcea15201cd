import { commandsOf, wordsOf } from "./recognise.ts";
import { quoted, type TestableToolchain } from "./runner.ts";

/**
 * The command for some units of a Tcl suite as Redis and its relatives have it: `./runtest --single unit/type/set` runs
 * `tests/unit/type/set.tcl` alone. null where the command does not end with that program, or a file is no unit.
 */
export function onlyUnits(
  { test, testWithArguments = test }: TestableToolchain,
  files: readonly string[],
): string | null {
  const [program = ""] = wordsOf(commandsOf(testWithArguments).at(-1) ?? "");
  const units = files.flatMap((file) => /^tests\/(.+)\.tcl$/.exec(file)?.[1] ?? []);
  if (!/(^|\/)runtest$/.test(program) || units.length < files.length) return null;
  return [testWithArguments, ...units.map((unit) => `--single ${quoted(unit)}`)].join(" ");
}
