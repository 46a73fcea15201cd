import { type Linted, lint } from "../../src/lint/lint.ts";
import type { VerifyOptions } from "../../src/verify/options.ts";
import type { Files, Fixture } from "../verify/repository.ts";

/** What the linters of a fixture say of one change to it. */
export function lintChange(
  on: Fixture,
  files: Files,
  options: Pick<VerifyOptions, "sandbox"> & { setup?: string; lintMs?: number },
): Promise<Linted> {
  const { sandbox, setup, lintMs = 120_000 } = options;
  return lint({
    repository: on.repository,
    baseTree: on.baseTree,
    headTree: on.change(files),
    config: { network: "none", ...(setup === undefined ? {} : { setup }) },
    ...{ sandbox, scratch: on.scratch, emit: () => undefined },
    limits: { testMs: 60_000, setupMs: 60_000, lintMs },
    redact: (text) => text.replaceAll("canary-secret", "***"),
  });
}

/** Each finding in one line. */
export const said = ({ findings }: Linted) =>
  findings.map(({ file, line, reason }) => `${file}${line === null ? "" : `:${line}`}: ${reason}`);

/** How each linter ended. */
export const ended = ({ linters }: Linted) =>
  linters.map(({ name, folder, result, found }) => {
    return `${name}${folder === "" ? "" : ` in ${folder}`}: ${result}${result === "compared" ? ` ${found}` : ""}`;
  });
