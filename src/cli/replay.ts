import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openJournal, readJournal } from "../agent/journal.ts";
import { openRecordedModel } from "../agent/recorded-model.ts";
import { Problem } from "../log/problem.ts";
import { outcomeExitCode } from "../report/exit-code.ts";
import { outcomeJson } from "../report/json.ts";
import { outcomeText } from "../report/text.ts";
import { writeDraft } from "../run/draft.ts";
import { readHeader } from "../run/record.ts";
import { askedIn, requestFor } from "../run/request.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { memoryBaselines } from "../verify/baselines.ts";
import { openLocalRepository } from "../workspace/open-local-repository.ts";
import { removeAll } from "../workspace/remove-all.ts";
import type { CliCommand } from "./command.ts";
import { progressOn, show } from "./screen.ts";
import { readSettings } from "./settings.ts";

const help = `firstdraft replay JOURNAL [--repo DIR] [--json]

A recorded run again, offline and without a key: the model's replies come from the journal; the tools, the tests and
the verdict are real. Says whether it ends in the same tree.

  JOURNAL      the journal.jsonl of a run
  --repo DIR   a repository that has the run's base commit; default: where the run was made, if that was local
  --json       one object on standard output

Exit codes: 0 the same tree, verified or tests-pass; 1 another tree, failed or unverified; 2 bad use; 3 infrastructure.
`;

export const command: CliCommand = {
  help,
  positionals: ["JOURNAL"],
  options: { repo: { type: "string" }, json: { type: "boolean" } },
  async run(given) {
    const { operator, redact } = readSettings(given);
    const path = given.positionals[0] ?? "";
    const recorded = await readJournal(path);
    const header = readHeader(recorded, path);
    const dir = given.text("repo") ?? header.dir;
    if (dir === null) throw new Problem("option-missing", { name: "--repo", command: "replay" });
    const folder = await mkdtemp(join(tmpdir(), "firstdraft-replay-"));
    try {
      const found = await openLocalRepository({ dir: resolve(dir), rev: header.commit, cacheDir: folder });
      const repository = { ...found, branch: header.branch };
      const { price, model } = header;
      const request = await requestFor(askedIn(header), repository, header);
      using journal = openJournal(join(folder, "journal.jsonl"), redact);
      const outcome = await writeDraft(request, {
        operator: { model, setupEnv: operator.setupEnv, ...(price === null ? {} : { price }) },
        sandbox: await openSandbox(operator.sandbox),
        ...{ journal, recorded, folder, redact, emit: progressOn(redact) },
        model: openRecordedModel(recorded, { id: model }),
        baselines: memoryBaselines(),
      });
      const same =
        treeOf(recorded) === (outcome.kind === "written" ? outcome.draft.verification.treeSha : null);
      const text = `${outcomeText(outcome)}\n\n${same ? "The same tree as recorded." : "Another tree than recorded."}`;
      show({ json: { ...outcomeJson(outcome), sameTree: same }, text }, given.flag("json"), redact);
      return same ? outcomeExitCode(outcome) : 1;
    } finally {
      await removeAll(folder);
    }
  },
};

/** The tree that the recorded run ended in; null: it ended without a change. */
function treeOf(recorded: Awaited<ReturnType<typeof readJournal>>): unknown {
  const last = recorded.findLast((entry) => entry.type === "outcome" || entry.type === "verification");
  if (last?.type === "outcome") return last.outcome.treeSha ?? null;
  return last?.type === "verification" ? last.verification.treeSha : null;
}
