import { type ParseArgsConfig, parseArgs } from "node:util";
import { Problem } from "../log/problem.ts";
import type { ExitCode } from "../report/exit-code.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** What was typed after the command's name, read by its options. */
export interface Given {
  readonly positionals: readonly string[];
  /** A text option's value; undefined if absent. */
  text(name: string): string | undefined;
  flag(name: string): boolean;
}

/** One command of the command line: one file each. */
export interface CliCommand {
  readonly help: string;
  readonly options: Options;
  /** Names of the positional arguments, all of them required. */
  readonly positionals: readonly string[];
  run(given: Given): Promise<ExitCode>;
}

/** Reads `argv` by the command's options; throws a Problem that names what is wrong. */
export function readArguments(name: string, command: CliCommand, argv: readonly string[]): Given {
  const options = { ...command.options, help: { type: "boolean", short: "h" } } as const satisfies Options;
  const parsed = (() => {
    try {
      return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
    } catch (error) {
      const text = error instanceof Error ? (error.message.split(". ", 1)[0] ?? "") : "";
      throw new Problem("usage", { command: name, text });
    }
  })();
  const values = parsed.values as Record<string, string | boolean | undefined>;
  const expected = command.positionals.length;
  if (values.help !== true && parsed.positionals.length !== expected) {
    const wanted = expected === 0 ? "no further words" : command.positionals.join(" ");
    const given = parsed.positionals.join(" ") || "nothing";
    throw new Problem("usage", { command: name, text: `It takes ${wanted}, and was given ${given}` });
  }
  return {
    positionals: parsed.positionals,
    text: (option) => (typeof values[option] === "string" ? values[option] : undefined),
    flag: (option) => values[option] === true,
  };
}
