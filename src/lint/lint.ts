import { lookAt } from "../verify/look.ts";
import type { VerifyOptions } from "../verify/options.ts";
import type { Finding, LinterRun } from "../verify/types.ts";
import { changesBetween } from "../workspace/changes-between.ts";
import type { FileChange } from "../workspace/types.ts";
import { isSettings, withBaseSettings } from "./base-settings.ts";
import { findLinters, type Task } from "./find-linters.ts";
import { freshComplaints, type Located } from "./fresh.ts";
import type { Complaint } from "./linter.ts";
import { linters } from "./linters/index.ts";
import { addedLines, openLocator } from "./locate.ts";
import { type Ran, runLinter } from "./run-linter.ts";
import { openSides } from "./sides.ts";
import { silencedLines } from "./silenced.ts";
import { brokenFinding, type Told, toFindings } from "./to-findings.ts";

/** What the repository's own linters say of a change, and how each of them ended. */
export interface Linted {
  readonly findings: readonly Finding[];
  readonly linters: readonly LinterRun[];
}

interface Compared {
  readonly result: LinterRun["result"];
  readonly fresh?: readonly Located[];
  readonly finding?: Finding;
}

/** Files that a linter is given at the base. */
const mostAtBase = 300;
const nothing: Linted = { findings: [], linters: [] };

/**
 * Runs the linters that the base configures at the head, in the sandbox, and where one complains at the base too: what it
 * says of both is not the change's. Costs nothing where there are none, or where `limits.lintMs` is 0.
 */
export async function lint(options: VerifyOptions): Promise<Linted> {
  const { repository, baseTree, headTree, limits } = options;
  if (!limits.lintMs) return nothing;
  const changes = await changesBetween(repository, baseTree, headTree);
  const base = await lookAt(repository, baseTree);
  const tasks = await findLinters(
    linters,
    base,
    changes.filter(({ path }) => !isSettings(path)),
  );
  if (tasks.length === 0) return nothing;
  const tree = await withBaseSettings(repository, baseTree, headTree, changes);
  await using sides = await openSides(options, changes, base, tree);
  const added = await addedLines(repository, baseTree, tree, ofLinters(changes, tasks));
  const located = { head: openLocator(repository, tree), base: openLocator(repository, baseTree) };
  const changed = new Set(changes.map(({ path }) => path));
  const known = new Set(base.paths);

  let left = limits.lintMs;
  const told: Told[] = [];
  const broken: Finding[] = [];
  const runs: LinterRun[] = [];
  for (const task of tasks) {
    const { result, fresh = [], finding } = await compared(task);
    const { name } = task.linter;
    told.push(...fresh.map((one) => ({ ...one, linter: name })));
    if (finding !== undefined) broken.push(finding);
    runs.push({ name, folder: task.folder, result, found: fresh.length });
  }
  return {
    findings: [...toFindings(told, options.redact), ...broken, ...silencedLines(added)],
    linters: runs,
  };

  async function compared(task: Task): Promise<Compared> {
    const head = await run("head", task, task.head);
    if (head.kind === "missing" || head.kind === "late") return { result: head.kind };
    if (head.kind === "broken") return brokenBy(task, head);
    if (head.complaints.length === 0) return { result: "compared" };
    // Some follow imports or take whole folders: so that nothing looks new only since it was not asked about.
    const named = head.complaints.map(({ file }) => file).filter((file) => known.has(file));
    const before = await run("base", task, [...new Set([...task.base, ...named])].slice(0, mostAtBase));
    if (before.kind === "late") return { result: "late" };
    if (before.kind !== "ran" || (task.linter.implied && before.complaints.length > 0))
      return { result: "unusable" };
    const [now, then] = withoutKnown(head.complaints, before.complaints, changed);
    const fresh = freshComplaints(await located.head(now), await located.base(then), ({ file, line }) =>
      line === null ? changed.has(file) : added.get(file)?.has(line) === true,
    );
    return { result: "compared", fresh };
  }

  /** Whether it is the change that breaks it shows where it is tried at the base. */
  async function brokenBy(task: Task, head: Extract<Ran, { kind: "broken" }>): Promise<Compared> {
    const { linter, probe } = task;
    if (probe === null && !linter.whole) return { result: "unusable" };
    const before = await run("base", task, task.base.length > 0 || probe === null ? task.base : [probe]);
    if (before.kind === "late") return { result: "late" };
    if (before.kind !== "ran") return { result: "unusable" };
    return { result: "broken", finding: brokenFinding(task, head, options.redact) };
  }

  async function run(side: "head" | "base", task: Task, files: readonly string[]): Promise<Ran> {
    if (left <= 0) return { kind: "late", ms: 0 };
    if (files.length === 0 && !task.linter.whole) return { kind: "ran", complaints: [], ms: 0 };
    const place = await sides[side]();
    const ran =
      place === null ? ({ kind: "missing", ms: 0 } as const) : await runLinter(place, task, files, left);
    left -= ran.ms;
    return ran;
  }
}

/** The changes to files that a linter looks at. */
function ofLinters(changes: readonly FileChange[], tasks: readonly Task[]): FileChange[] {
  return changes.filter(({ path }) => tasks.some(({ linter }) => linter.files.test(path)));
}

/** Both without what stands in both, in files that the change does not touch: there is no need to read those. */
function withoutKnown(
  head: readonly Complaint[],
  base: readonly Complaint[],
  changed: ReadonlySet<string>,
): [Complaint[], Complaint[]] {
  const keyOf = ({ file, line, rule, message }: Complaint) => JSON.stringify([file, line, rule, message]);
  const without = (all: readonly Complaint[], others: readonly Complaint[]) => {
    const known = new Set(others.map(keyOf));
    return all.filter((one) => changed.has(one.file) || !known.has(keyOf(one)));
  };
  return [without(head, base), without(base, head)];
}
