import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { effectiveLimits } from "../config/effective-limits.ts";
import { parseRepositoryConfig } from "../config/repository-config.ts";
import { configPath } from "../config/types.ts";
import { Problem } from "../log/problem.ts";
import { verdictExitCode } from "../report/exit-code.ts";
import { verificationJson } from "../report/json.ts";
import { verificationText } from "../report/text.ts";
import { prove } from "../run/prove.ts";
import { writeSarif } from "../run/write-sarif.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { memoryBaselines, openBaselines } from "../verify/baselines.ts";
import { verifyLimits } from "../verify/options.ts";
import { openLocalRepository } from "../workspace/open-local-repository.ts";
import { readFile } from "../workspace/read-file.ts";
import { removeAll } from "../workspace/remove-all.ts";
import type { CliCommand } from "./command.ts";
import { progressOn, show } from "./screen.ts";
import { readSettings } from "./settings.ts";

const help = `firstdraft verify --repo DIR --base REV --head REV [--fresh] [--sarif FILE] [--json]

The evidence for any two revisions of a local repository, without a model: its tests are run at the base, at the base
with only the tests of the head, and at the head, each from a clean checkout in the sandbox. Beside it, fixed rules review
the lines that the change adds, and the project's own linters say what is new.

  --repo DIR   the repository; default: where you are
  --base REV   the revision before the change
  --head REV   the revision with the change; default HEAD
  --fresh      run the base's tests even if their results are kept from a run of the last week
  --sarif FILE what the review of the added lines and the linters find, as SARIF 2.1.0
  --json       one object on standard output

Exit codes: 0 verified or tests-pass, 1 failed or unverified, 2 bad use or configuration, 3 infrastructure.
`;

export const command: CliCommand = {
  help,
  positionals: [],
  options: {
    repo: { type: "string" },
    base: { type: "string" },
    head: { type: "string" },
    fresh: { type: "boolean" },
    sarif: { type: "string" },
    json: { type: "boolean" },
  },
  async run(given) {
    const { operator, redact } = readSettings(given);
    const base = given.text("base");
    if (base === undefined) throw new Problem("option-missing", { name: "--base", command: "verify" });
    const folder = await mkdtemp(join(tmpdir(), "firstdraft-verify-"));
    try {
      const opening = openSandbox(operator.sandbox);
      // Beside the reading of the repository; what stands against it is told where it is waited for.
      opening.catch(() => {});
      const dir = resolve(given.text("repo") ?? ".");
      const head = await openLocalRepository({ dir, rev: given.text("head") ?? "HEAD", cacheDir: folder });
      const { tree: baseTree } = await openLocalRepository({ dir, rev: base, cacheDir: folder });
      // As for a run: the base says how it is tested, not the change.
      const config = parseRepositoryConfig(await readFile(head, baseTree, configPath), configPath);
      const verification = await prove({
        ...{ repository: head, baseTree, headTree: head.tree, config, scratch: join(folder, "scratch") },
        sandbox: await opening,
        limits: verifyLimits(effectiveLimits(operator.limits, config.limits)),
        ...{ setupEnv: operator.setupEnv, redact, emit: progressOn(redact) },
        baselines: given.flag("fresh")
          ? memoryBaselines()
          : openBaselines(join(operator.dataDir, "baselines")),
      });
      const sarifFile = given.text("sarif");
      if (sarifFile !== undefined) await writeSarif(resolve(sarifFile), verification.findings, redact);
      const result = { json: verificationJson(verification, 0), text: verificationText(verification) };
      show(result, given.flag("json"), redact);
      return verdictExitCode(verification.verdict);
    } finally {
      await removeAll(folder);
    }
  },
};
