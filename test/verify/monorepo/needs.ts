import { execFileSync } from "node:child_process";
import { beforeAll, jest } from "@jest/globals";
import { patience } from "../../helpers/until.ts";

/** The tests of this file run on a real toolchain, which compiles: without it they fail and say what to install. */
export function needs(program: string, argument: string, debianPackage: string): void {
  jest.setTimeout(patience);
  beforeAll(() => {
    try {
      execFileSync(program, [argument], { stdio: "ignore" });
    } catch {
      throw new Error(`${program} is missing or broken: install ${debianPackage}.`);
    }
  });
}
