#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { Problem } from "../log/problem.ts";
import { problemExitCode } from "../report/exit-code.ts";
import { type CliCommand, readArguments } from "./command.ts";

// Halves the time to load a command. Beside the packages: who may write there may change what is loaded anyway.
const checkout = import.meta.filename.endsWith(".ts") ? "../.." : "..";
enableCompileCache(join(import.meta.dirname, checkout, "node_modules/.cache/firstdraft"));

const commands: Record<string, { summary: string; load: () => Promise<{ command: CliCommand }> }> = {
  serve: { summary: "run the GitHub App", load: () => import("./serve.ts") },
  run: { summary: "one issue on GitHub, to a draft pull request", load: () => import("./run.ts") },
  local: {
    summary: "a local repository and an issue in a file, without GitHub",
    load: () => import("./local.ts"),
  },
  verify: {
    summary: "the evidence for any two revisions, without a model",
    load: () => import("./verify.ts"),
  },
  replay: { summary: "a recorded run again, offline", load: () => import("./replay.ts") },
  costs: { summary: "what the App's runs cost, by repository and month", load: () => import("./costs.ts") },
  move: { summary: "the embedded database to a PostgreSQL", load: () => import("./move.ts") },
  doctor: { summary: "what is missing on this machine, and the fix", load: () => import("./doctor.ts") },
};

const help = `firstdraft: GitHub issues to draft pull requests that carry their own proof

Usage: firstdraft COMMAND [OPTIONS]

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`)
  .join("\n")}

firstdraft COMMAND --help explains one command.
Exit codes: 0 verified or tests-pass, 1 failed or unverified, 2 bad use or configuration, 3 infrastructure.
`;

process.exitCode = await main(process.argv.slice(2));

async function main([name, ...rest]: readonly string[]): Promise<number> {
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(help);
    return name === undefined ? 2 : 0;
  }
  try {
    const found = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (found === undefined)
      throw new Problem("unknown-command", { name, known: Object.keys(commands).join(", ") });
    const { command } = await found.load();
    const given = readArguments(name, command, rest);
    if (!given.flag("help")) return await command.run(given);
    process.stdout.write(command.help);
    return 0;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`firstdraft: ${error.what}\n${error.fix}\n`);
    return problemExitCode(error.code);
  }
}
