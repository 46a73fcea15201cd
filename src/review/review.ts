import { createHash } from "node:crypto";
import type { Finding } from "../verify/types.ts";
import { changesBetween } from "../workspace/changes-between.ts";
import { listFiles } from "../workspace/list-files.ts";
import { readBlob, readFile } from "../workspace/read-file.ts";
import type { FileChange, Repository } from "../workspace/types.ts";
import { type Added, addedLines } from "./added-lines.ts";
import type { Match } from "./engine.ts";
import { grammarOf, isOtherCode } from "./languages.ts";
import type { Severity } from "./rule.ts";
import { ruleOf } from "./rules/index.ts";
import { openSearcher, type Searcher } from "./searcher.ts";
import { type Unread, unreadFindings } from "./unread.ts";

/** Findings beyond these are counted: nobody reads more, and GitHub shows no more on the lines. */
const shown = 50;
/** For all files. */
const longestMs = 120_000;
/** Bytes of one file, and of all of them together, and how many there may be. */
const bounds = { file: 1_000_000, change: 10_000_000, files: 500 };
const weights: Record<Severity, number> = { high: 0, medium: 1, low: 2 };

export interface ReviewOptions {
  readonly repository: Repository;
  readonly baseTree: string;
  readonly headTree: string;
  readonly signal?: AbortSignal;
  /** What is looked at; default: 500 files, 1 MB of each, 10 MB of them together. */
  readonly most?: typeof bounds;
}

/** What the rules find in the lines that a change adds, the gravest first, then what they could not look at. */
export async function review({
  repository,
  baseTree,
  headTree,
  signal,
  most = bounds,
}: ReviewOptions): Promise<Finding[]> {
  const changes = await changesBetween(repository, baseTree, headTree);
  const code = changes.filter(isCode);
  const sizes = new Map((await listFiles(repository, headTree)).map(({ path, size }) => [path, size]));
  await using searcher = openSearcher();
  const findings: Finding[] = [];
  const unread: { file: string; why: Unread }[] = [];
  let bytes = 0;
  const started = performance.now();
  for (const [index, change] of code.entries()) {
    signal?.throwIfAborted();
    const size = sizes.get(change.path) ?? 0;
    bytes += Math.min(size, most.file);
    const tooMany = index >= most.files || bytes > most.change;
    const isLate = performance.now() - started > longestMs;
    const result = tooMany ? "too-many" : isLate ? "too-slow" : await lookAt(change, size);
    if (typeof result === "string") unread.push({ file: change.path, why: result });
    else findings.push(...result);
  }
  const weightOf = ({ review }: Finding) => weights[review?.severity ?? "low"];
  const order = findings.toSorted((a, b) => weightOf(a) - weightOf(b));
  return [...order.slice(0, shown), ...beyond(order.length - shown), ...unreadFindings(unread)];

  async function lookAt({ path, blob, status }: FileChange, size: number) {
    if (grammarOf(path) === null) return "no-rules";
    if (size > most.file) return "too-large";
    const text = blob === null ? "" : (await readBlob(repository, blob)).toString();
    const before = status === "added" ? "" : ((await readFile(repository, baseTree, path)) ?? "");
    return findingsIn(searcher, addedLines(path, before, text));
  }
}

function beyond(more: number): Finding[] {
  if (more <= 0) return [];
  const reason = `The review has ${more} more findings, none of them graver than those that are shown.`;
  return [{ gate: "review", weight: "remark", file: "", line: null, reason }];
}

/** Links and deleted files have no lines of their own. */
function isCode({ path, status, mode, binary, addedLines }: FileChange): boolean {
  const hasLines = status !== "deleted" && mode.startsWith("100") && (addedLines > 0 || binary);
  return hasLines && (grammarOf(path) !== null || isOtherCode(path));
}

/** What the rules find on the added lines of one file that they do not find in the same words in what it was before. */
async function findingsIn(searcher: Searcher, added: Added): Promise<Finding[] | Unread> {
  const { path, before, text, lines, isTest } = added;
  const grammar = grammarOf(path);
  if (grammar === null) return "no-rules";
  if (added.generated) return "generated";
  if (lines.length === 0) return [];
  const found = await searcher.search({ grammar, text, lines, only: null });
  if (typeof found === "string") return found;
  const matches = found.filter(({ rule, line }) => !isTest(line) || ruleOf(rule)?.inTests === true);
  if (matches.length === 0) return [];
  const only = [...new Set(matches.map(({ rule }) => rule))];
  // One that stands there as often as before only moved.
  const here = before === "" ? [] : await searcher.search({ grammar, text, lines: null, only });
  const there = before === "" ? [] : await searcher.search({ grammar, text: before, lines: null, only });
  const [now, then] = [here, there].map((side) => counted(typeof side === "string" ? [] : side));
  const fresh = matches.filter((match) => {
    const key = keyOf(match);
    return (then?.get(key) ?? 0) === 0 || (then?.get(key) ?? 0) < (now?.get(key) ?? 0);
  });
  // A call within a call is one thing to say.
  const places = Map.groupBy(fresh, ({ rule, line }) => `${rule}:${line}`);
  return [...places.values()].flatMap(([match]) => (match === undefined ? [] : findingOf(match, path)));
}

function counted(matches: readonly Match[]): Map<string, number> {
  return new Map([...Map.groupBy(matches, keyOf)].map(([key, { length }]) => [key, length]));
}

const keyOf = ({ rule, text }: Match) => `${rule}\0${text.replace(/\s+/g, " ")}`;

function findingOf({ rule: id, line, endLine, text }: Match, file: string): Finding[] {
  const rule = ruleOf(id);
  if (rule === undefined) return [];
  const { cwe, severity, sentence } = rule;
  const words = text.replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '""').replace(/\s+/g, "");
  const fingerprint = createHash("sha256").update(`${id}\0${file}\0${words}`).digest("hex").slice(0, 32);
  const reason = `${sentence} (CWE-${cwe})`;
  const place = { file, line, ...(endLine > line ? { endLine } : {}) };
  return [
    { gate: "review", weight: "remark", ...place, reason, review: { rule: id, cwe, severity, fingerprint } },
  ];
}
