import { z } from "zod";
import type { Spent, TurnEnd } from "../../agent/types.ts";
import type { SandboxProvider } from "../../config/types.ts";
import type { SeenText } from "../../context/seen.ts";
import { type ProblemCode, problems } from "../../log/problems.ts";
import type { Draft, Notice } from "../../report/outcome.ts";
import { changeLimits } from "../../workspace/snapshot.ts";
import { held } from "../waiting.ts";
import { list, someItems } from "./list.ts";
import { proof, type Shape } from "./proof-schema.ts";

/** Of another version nothing is read: both jobs of a workflow run the same one. */
export const draftFileVersion = 1;

const sha = z.string().regex(/^[0-9a-f]{40}$/);
const text = z.string().max(200_000);
const count = z.number().int().min(0);
/** Words of ours, which a report shows as they are: nothing in them acts. */
const words = z.string().regex(/^[A-Za-z][A-Za-z' -]{0,99}$/);
const removed = list(z.strictObject({ kind: words, count }), someItems);

const spent: z.ZodType<Spent> = z.strictObject({
  usd: z.number().min(0).nullable(),
  turns: count,
  seconds: z.number().min(0),
  inputTokens: count,
  outputTokens: count,
  cacheReadTokens: count,
  cacheWriteTokens: count,
} satisfies Shape<Spent>);

const end: z.ZodType<TurnEnd> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("done"), text }),
  z.strictObject({ kind: z.literal("declined"), text }),
  z.strictObject({ kind: z.literal("budget"), limit: z.enum(["usd", "turns", "minutes", "tokens"]) }),
  z.strictObject({ kind: z.literal("cut-off") }),
  z.strictObject({ kind: z.literal("looping"), text }),
  z.strictObject({ kind: z.literal("malformed") }),
  z.strictObject({ kind: z.literal("unknown-stop"), stop: text }),
]);

const notice: z.ZodType<Notice> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("hidden-text"), where: text, removed }),
  z.strictObject({
    kind: z.literal("left-out"),
    path: text,
    reason: z.enum(["protected", "lockfile", "symlink", "submodule", "kept-test"]),
  }),
  z.strictObject({ kind: z.literal("setup-failed") }),
  z.strictObject({ kind: z.literal("lfs-pointers") }),
  z.strictObject({ kind: z.literal("second-look"), again: z.boolean(), found: count, dropped: count }),
  z.strictObject({ kind: z.literal("no-second-look"), again: z.boolean(), why: words }),
  z.strictObject({ kind: z.literal("assessed"), open: z.boolean(), reason: text }),
  z.strictObject({ kind: z.literal("not-assessed"), why: words }),
  z.strictObject({ kind: z.literal("agreed"), by: text, text }),
  z.strictObject({ kind: z.literal("price-unknown"), model: text }),
  z.strictObject({
    kind: z.literal("limit-lowered"),
    usd: z.number().min(0),
    purse: z.enum(["issue", "repositoryDay", "installationMonth"]),
  }),
]);

/** Where the text is a remark or a file, a person or a path is named; reports show that as code. */
const seen: z.ZodType<SeenText> = z
  .strictObject({
    kind: z.enum(["issue", "agreed", "guidance", "attempt", "remark", "check", "instructions", "files"]),
    where: text,
    by: text.nullable(),
    characters: count,
    removed,
    cut: count,
  } satisfies Shape<SeenText>)
  .refine(({ kind, where }) => /^(remark|instructions)$/.test(kind) || words.safeParse(where).success);

const account = z.strictObject({
  summary: text,
  end,
  rounds: count,
  spent,
  model: z.string().max(100),
  modelKind: z.enum(["live", "recorded"]),
  notices: list(notice, someItems),
  seen: list(seen, someItems),
}) satisfies z.ZodType<Omit<Draft, "verification" | "changes">>;

/** Every one that there is. */
const sandboxes: Record<SandboxProvider, true> = {
  bubblewrap: true,
  gvisor: true,
  docker: true,
  podman: true,
  none: true,
};

const file = z.strictObject({
  path: z.string().min(1).max(4096),
  mode: z.enum(["100644", "100755", "120000"]),
  /** null: deleted. */
  content: z.base64().nullable(),
});

/** How the run ended that wrote the file. */
const result = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("written"),
    /** The commit that the change is a change of. */
    base: sha,
    /** `textDigest` of the issue that the model was given. */
    issueText: z.string().regex(/^[0-9a-f]{64}$/),
    sandbox: z.enum(Object.keys(sandboxes) as SandboxProvider[]),
    /** The commit that the files are laid over, where that is not the base: the pull request's own. */
    revises: sha.nullable(),
    /** The branch's head, where it was somebody else's work and was to be replaced. */
    replaces: sha.nullable().default(null),
    /** The review threads that the account's remarks answer, by their numbers in it. */
    threads: list(z.int().positive(), someItems),
    files: list(file, changeLimits.files),
    account,
    proof,
  }),
  z.strictObject({ kind: z.literal("unchanged"), account }),
  /** There was nothing to correct: whoever publishes knows by it that nothing was lost on the way. */
  z.strictObject({ kind: z.literal("nothing") }),
  z.strictObject({
    kind: z.literal("waits"),
    held,
    spent,
    model: z.string().max(100),
    lines: count,
    likely: z.null(),
  }),
  z.strictObject({
    kind: z.literal("stopped"),
    code: z.custom<ProblemCode>((value) => typeof value === "string" && Object.hasOwn(problems, value)),
    what: z.string().max(4000),
    fix: z.string().max(4000),
    spent: spent.nullable(),
  }),
]);

export const draftFile = z.strictObject({
  version: z.literal(draftFileVersion),
  /** The workflow's run, and what in it asked: `7000000001`, `acme/shop#12`. */
  run: z.string().max(100),
  key: z.string().max(300),
  result,
});

/** What a job that may not write hands to the one that may. */
export type DraftFile = z.infer<typeof draftFile>;
export type Written = Extract<DraftFile["result"], { kind: "written" }>;
