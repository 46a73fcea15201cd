import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { patience } from "./until.ts";

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const main = `${import.meta.dirname}/../../src/cli/main.ts`;

/** The command line as a process, with nothing of this process's environment but where programs are. */
export function firstdraft(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { PATH = "" } = process.env;
  const options = {
    env: { PATH, HOME: tmpdir(), DATA_DIR: `${tmpdir()}/firstdraft-tests`, ...env },
    cwd: tmpdir(),
    timeout: patience / 2,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
  });
}
