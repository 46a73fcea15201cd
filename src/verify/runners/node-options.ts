import type { ReportRequest, TestableToolchain } from "./runner.ts";

const own = /\bNODE_OPTIONS=("[^"]*"|'[^']*'|\S*)/;

/**
 * The command with `options` for every node that it starts. A script that sets NODE_OPTIONS itself would take them away:
 * it is run by its text, with both.
 */
export function withNodeOptions(
  toolchain: TestableToolchain,
  command: string,
  options: string,
): ReportRequest {
  const env = { NODE_OPTIONS: options };
  const { script } = toolchain;
  const [, given] = own.exec(script ?? "") ?? [];
  if (script === undefined || given === undefined) return { command, env };
  const both = `${options} ${given.replaceAll(/^["']|["']$/g, "")}`.trim();
  const text = script.replace(own, () => `NODE_OPTIONS="${both}"`);
  return { command: `PATH="$PWD/node_modules/.bin:$PATH"; export PATH; ${text}`, env };
}
