import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type Journal, type JournalEntry, openJournal, readJournal } from "../agent/journal.ts";
import type { OperatorConfig } from "../config/types.ts";
import type { Job } from "../job/job.ts";
import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import { removeAll } from "../workspace/remove-all.ts";
import type { DraftRequest } from "./draft.ts";
import { statedPrice } from "./stated-price.ts";

const issue = z.object({ number: z.number(), title: z.string(), body: z.string(), author: z.string() });
const feedback = z.object({
  kind: z.enum(["review", "line", "comment"]),
  author: z.string(),
  path: z.string().nullable(),
  line: z.number().nullable(),
  body: z.string(),
  at: z.string(),
});
const limits = z.object({
  usd: z.number(),
  turns: z.number(),
  minutes: z.number(),
  rounds: z.number(),
  testMinutes: z.number(),
  setupMinutes: z.number(),
  hunkMinutes: z.number().default(0),
  lintMinutes: z.number().default(0),
  lines: z.number().default(400),
  attempts: z.number().default(5),
});

/** The first line of a journal: all that a run was made from but the repository's content. */
const runHeader = z.object({
  /** Folder of the repository, where it was a local one. */
  dir: z.string().nullable(),
  commit: z.string(),
  tree: z.string(),
  branch: z.string(),
  model: z.string(),
  /** The price that the operator stated and that counts for this model, in USD per million tokens. */
  price: z.object({ inputPerMTok: z.number(), outputPerMTok: z.number() }).nullable(),
  issue,
  guidance: z.string().nullable(),
  feedback: z.array(feedback),
  limits,
  secondLook: z.boolean().default(false),
  nonce: z.string(),
});

export type RunHeader = z.infer<typeof runHeader>;

/** The header for a request. */
export function headerOf(
  request: DraftRequest,
  about: {
    readonly dir: string | null;
    readonly model: string;
    readonly operator: Pick<OperatorConfig, "model" | "price">;
  },
): RunHeader {
  const { commit, tree, branch } = request.repository;
  const { issue, guidance, feedback, limits, secondLook, nonce } = request;
  const { dir, model, operator } = about;
  const { price = null } = statedPrice(model, operator, request.config);
  const made = { dir, commit, tree, branch, model, price };
  return { ...made, issue, guidance, feedback: [...feedback], limits, secondLook, nonce };
}

/** The header of a journal; a journal without one is not the journal of a run. */
export function readHeader(entries: readonly JournalEntry[], path: string): RunHeader {
  const first = entries.find((entry) => entry.type === "run");
  const header = runHeader.safeParse(first?.header);
  if (header.success) return header.data;
  throw new Problem("journal-unreadable", { path, why: "it does not begin with the header of a run" });
}

/** A run's journal, and what an earlier process that was killed had recorded of the same run. */
export interface RunRecord extends AsyncDisposable {
  readonly journal: Journal;
  readonly recorded: readonly JournalEntry[];
}

/** Opens the record in `folder`: the journal stays there, all else is removed. A run that ended is not resumed. */
export async function openRecord(folder: string, redact: Redact): Promise<RunRecord> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "journal.jsonl");
  const before = await readJournal(path).catch(() => []);
  const has = (type: JournalEntry["type"]) => before.some((entry) => entry.type === type);
  const resumable = has("reply") && !has("outcome");
  if (!resumable) await rm(path, { force: true });
  await rm(`${path}.next`, { force: true });
  const clear = () =>
    Promise.all(["workspace", "home", "scratch"].map((name) => removeAll(join(folder, name))));
  // Half a workspace of a killed process is of no use: the record makes it again.
  await clear();
  const journal = openJournal(path, redact);
  return {
    journal,
    recorded: resumable ? before : [],
    [Symbol.asyncDispose]: async () => {
      journal[Symbol.dispose]();
      await clear();
    },
  };
}

/** One name for one delivery of one job, whatever those are called: its folder, and what nobody outside can guess. */
export function runId(job: Pick<Job, "key" | "deliveryId">): string {
  return createHash("sha256").update(`${job.key} ${job.deliveryId}`).digest("hex").slice(0, 24);
}
