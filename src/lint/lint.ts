import { lookAt } from "../verify/look.ts";
import type { VerifyOptions } from "../verify/options.ts";
import type { Finding, LinterRun } from "../verify/types.ts";
import { changesBetween } from "../workspace/changes-between.ts";
import { withBaseSettings } from "./base-settings.ts";
import { findLinters, type Task } from "./find-linters.ts";
import { freshComplaints, type Located } from "./fresh.ts";
import type { Complaint } from "./linter.ts";
import { linters } from "./linters/index.ts";
import { addedPlaces, openLocator } from "./locate.ts";
import { type Ran, runLinter } from "./run-linter.ts";
import { openSides } from "./sides.ts";
import { brokenFinding, toFindings } from "./to-findings.ts";

/** What the repository's own linters say of a change, and how each of them ended. */
export interface Linted {
  readonly findings: readonly Finding[];
  readonly linters: readonly LinterRun[];
}

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
  const tasks = await findLinters(linters, base, changes);
  if (tasks.length === 0) return nothing;
  const tree = await withBaseSettings(repository, baseTree, headTree, changes);
  await using sides = await openSides(options, changes, base, tree);
  const isAdded = await addedPlaces(repository, baseTree, tree, changes);
  const located = { head: openLocator(repository, tree), base: openLocator(repository, baseTree) };
  const changed = new Set(changes.map(({ path }) => path));

  let left = limits.lintMs;
  const runs: { task: Task; result: LinterRun["result"]; fresh: readonly Located[] }[] = [];
  const broken: Finding[] = [];
  for (const task of tasks) {
    const { result, fresh = [], finding } = await compared(task);
    runs.push({ task, result, fresh });
    if (finding !== undefined) broken.push(finding);
  }
  const told = runs.flatMap(({ task, fresh }) => fresh.map((one) => ({ ...one, linter: task.linter.name })));
  return {
    findings: [...toFindings(told, options.redact), ...broken],
    linters: runs.map(({ task: { linter, folder }, result, fresh }) => {
      return { name: linter.name, folder, result, found: fresh.length };
    }),
  };

  async function compared(task: Task): Promise<{
    result: LinterRun["result"];
    fresh?: Located[];
    finding?: Finding;
  }> {
    const head = await run("head", task);
    if (head.kind === "missing" || head.kind === "late") return { result: head.kind };
    if (head.kind === "ran" && head.complaints.length === 0) return { result: "compared" };
    const before = await run("base", head.kind === "ran" ? task : { ...task, base: task.probe });
    if (before.kind === "late") return { result: "late" };
    if (before.kind !== "ran") return { result: "unusable" };
    if (head.kind === "broken") return brokenBy(task, head);
    if (task.linter.implied && before.complaints.length > 0) return { result: "unusable" };
    const [now, then] = withoutKnown(head.complaints, before.complaints, changed);
    const fresh = freshComplaints(await located.head(now), await located.base(then), isAdded);
    return { result: "compared", fresh };
  }

  function brokenBy(task: Task, head: Extract<Ran, { kind: "broken" }>) {
    // Where the base has no file to try it with, nobody knows whether it ever ran.
    if (task.probe.length === 0 && !task.linter.whole) return { result: "unusable" as const };
    return { result: "broken" as const, finding: brokenFinding(task, head, options.redact) };
  }

  async function run(side: "head" | "base", task: Task): Promise<Ran> {
    if (left <= 0) return { kind: "late", ms: 0 };
    const files = task[side];
    if (files.length === 0 && !task.linter.whole) return { kind: "ran", complaints: [], ms: 0 };
    const place = await sides[side]();
    const ran =
      place === null ? ({ kind: "missing", ms: 0 } as const) : await runLinter(place, task, files, left);
    left -= ran.ms;
    return ran;
  }
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
