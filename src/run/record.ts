import { createHash } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import {
  type Journal,
  type JournalEntry,
  journalEntries,
  openJournal,
  readJournal,
} from "../agent/journal.ts";
import { billedCalls } from "../agent/recorded-model.ts";
import type { OperatorConfig } from "../config/types.ts";
import type { Job } from "../job/job.ts";
import type { JournalRows } from "../job/journal-rows.ts";
import type { Purse } from "../job/ledger.ts";
import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import { shownId } from "../report/pull-request/title.ts";
import type { Verification } from "../verify/types.ts";
import type { DraftRequest } from "./draft.ts";
import { clearRun, markAtWork } from "./left-over.ts";
import { previousAttempt } from "./previous.ts";
import { statedPrice } from "./stated-price.ts";

const issue = z.object({ number: z.number(), title: z.string(), body: z.string(), author: z.string() });
const feedback = z.object({
  kind: z.enum(["review", "line", "answer", "comment", "check"]),
  author: z.string(),
  path: z.string().nullable(),
  line: z.number().nullable(),
  from: z.number().optional(),
  thread: z.number().optional(),
  lacks: z.enum(["log", "words"]).optional(),
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
  ciRounds: z.number().default(2),
  ciMinutes: z.number().default(0),
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
  /** The limit of many runs because of which this one's is lower. */
  loweredBy: z.enum(["issue", "repositoryDay", "installationMonth"]).nullable().default(null),
  secondLook: z.boolean().default(false),
  previous: previousAttempt.nullable().default(null),
  keepTests: z.boolean().default(false),
  /** The commit that this one is to be on top of. */
  revises: z.string().nullable().default(null),
  /** The branch's head, where somebody else's work on it may be replaced. */
  replaces: z.string().nullable().default(null),
  /** What was agreed on before. */
  agreed: z.object({ by: z.string(), text: z.string() }).nullable().default(null),
  /** How the task is looked at before the work. */
  assess: z.enum(["when-unclear", "always", "plan"]).nullable().default(null),
  /** Whether anybody could read the repository as the run began. */
  isPublic: z.boolean().default(true),
  nonce: z.string(),
});

export type RunHeader = z.infer<typeof runHeader>;

/** The header for a request. */
export function headerOf(
  request: DraftRequest,
  about: {
    readonly dir: string | null;
    readonly isPublic: boolean;
    readonly loweredBy?: Purse | null;
    readonly model: string;
    readonly operator: Pick<OperatorConfig, "model" | "price">;
  },
): RunHeader {
  const { commit, tree, branch } = request.repository;
  const { issue, guidance, feedback, limits, secondLook, nonce, previous, keepTests } = request;
  const { revises, replaces, agreed, assess } = request;
  const { dir, isPublic, loweredBy = null, model, operator } = about;
  const { price = null } = statedPrice(model, operator, request.config);
  const made = { dir, commit, tree, branch, model, price, isPublic, loweredBy };
  const asked = { issue, guidance, feedback: [...feedback], previous, keepTests, revises, replaces };
  return { ...made, ...asked, limits, secondLook, nonce, agreed, assess };
}

/** The header of a journal; a journal without one is not the journal of a run. */
export function readHeader(entries: readonly JournalEntry[], path: string): RunHeader {
  const first = entries.find((entry) => entry.type === "run");
  const header = runHeader.safeParse(first?.header);
  if (header.success) return header.data;
  throw new Problem("journal-unreadable", { path, why: "it does not begin with the header of a run" });
}

/** The commits that a recorded run is made from; none without a record. */
export function recordedCommits(recorded: readonly JournalEntry[]): string[] {
  if (recorded.length === 0) return [];
  const { commit, previous, revises } = readHeader(recorded, "journal.jsonl");
  const others = previous === null ? [] : [previous.commit, previous.base];
  return [commit, ...others, ...(revises === null ? [] : [revises])];
}

/** What was proved on the way, as it was noted by this very program. */
export function proofsIn(recorded: readonly JournalEntry[]): readonly Verification[] {
  return recorded.flatMap((entry) =>
    entry.type === "verification" ? [entry.verification as unknown as Verification] : [],
  );
}

/** A run's journal, and what an earlier process that was killed had recorded of the same run. */
export interface RunRecord extends AsyncDisposable, Past {
  readonly journal: Journal;
}

interface Past {
  readonly recorded: readonly JournalEntry[];
  /** When the run began of which the record shows that it has paid for nothing; null: it shows no such thing. */
  readonly unspentSince: string | null;
}

/**
 * Opens the record in `folder`: the journal stays there, all else is removed. Where another machine had got
 * further with it, its copy counts.
 * Throws `record-unreadable` for a journal that is there: what it holds was paid for.
 */
export async function openRecord(folder: string, redact: Redact, copies?: JournalRows): Promise<RunRecord> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "journal.jsonl");
  const run = basename(folder);
  const not = (error: unknown) => noneThere(error, run);
  const here = await readRecord(path).catch(not);
  const lines = (await copies?.read(run)) ?? [];
  const there = await pastOf(() => journalEntries(lines, path), path).catch(not);
  const isFurther = billedCalls(there.recorded) > billedCalls(here.recorded);
  const past = isFurther || here === none ? there : here;
  if (isFurther) await writeFile(path, `${lines.join("\n")}\n`, { mode: 0o600 });
  if (past.recorded.length === 0) await rm(path, { force: true });
  await rm(`${path}.next`, { force: true });
  // Half a workspace of a killed process is of no use: the record makes it again.
  await clearRun(folder);
  if (copies !== undefined) await markAtWork(folder);
  const journal = openJournal(path, redact, await copies?.begin(run));
  return {
    ...past,
    journal,
    [Symbol.asyncDispose]: async () => {
      journal[Symbol.dispose]();
      await clearRun(folder);
    },
  };
}

const readRecord = (path: string) => pastOf(() => readJournal(path), path);

/** What is to be gone on from: nothing where nothing was paid for. A run that had its end may not have been heard. */
async function pastOf(
  read: () => readonly JournalEntry[] | Promise<readonly JournalEntry[]>,
  path: string,
): Promise<Past> {
  const entries = await read();
  if (billedCalls(entries) === 0) return { ...none, unspentSince: entries[0]?.at ?? null };
  readHeader(entries, path);
  return { recorded: entries, unspentSince: null };
}

const none: Past = { recorded: [], unspentSince: null };

function noneThere(error: unknown, run: string): Past {
  if (!(error instanceof Problem)) throw error;
  const { code } = (error.cause ?? {}) as NodeJS.ErrnoException;
  if (code === "ENOENT") return none;
  const why = code ?? "it is not a journal of this version, or is damaged";
  // It is said on the issue, and the whole name is nobody's to know.
  throw new Problem("record-unreadable", { run: run.slice(0, shownId), why }, { cause: error });
}

/** One name for one delivery of one job, whatever those are called: its folder, and what nobody outside can guess. */
export function runId(job: Pick<Job, "key" | "deliveryId">): string {
  return createHash("sha256").update(`${job.key} ${job.deliveryId}`).digest("hex").slice(0, 24);
}
