import { randomUUID } from "node:crypto";
import { join, normalize } from "node:path/posix";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { homeMount } from "../verify/prepare/home.ts";
import type { Task } from "./find-linters.ts";
import type { Complaint } from "./linter.ts";

/** A prepared checkout, in which nothing has run but setup and other linters. */
export interface Place {
  readonly sandbox: Sandbox;
  readonly folder: string;
  readonly home: string;
  readonly signal?: AbortSignal;
}

/** How one run ended. `missing`: the program is not there. `broken`: it did not come to its end, and its last words. */
export type Ran =
  | { readonly kind: "ran"; readonly complaints: readonly Complaint[]; readonly ms: number }
  | { readonly kind: "missing"; readonly ms: number }
  | { readonly kind: "late"; readonly ms: number }
  | { readonly kind: "broken"; readonly code: number | null; readonly words: string; readonly ms: number };

/** Bytes of what a linter prints that are read. */
const outputBytes = 8 * 1024 * 1024;
/** Goes to its folder by itself, since one of the two sides may not have it. */
const script = `folders=$1 name=$2 mark=$3; cd "./$4" || exit 127
[ "$5" = machine ] && folders=$folders:$PATH
shift 5
program=$(PATH=$folders; command -v "$name") || exit 127
errors=$(mktemp) && "$program" "$@" 2>"$errors" </dev/null
code=$?
printf '\\n%s\\n' "$mark"; tail -c 100000 "$errors"
exit "$code"`;

/** Runs a linter once on those of the changed files that this side has. Nothing it prints is trusted to be what it says. */
export async function runLinter(
  place: Place,
  task: Task,
  files: readonly string[],
  ms: number,
): Promise<Ran> {
  const { sandbox, folder, home, signal } = place;
  const { linter, setting } = task;
  const mark = randomUUID();
  const given = files.map((path) => `./${task.folder === "" ? path : path.slice(task.folder.length + 1)}`);
  const args = [...(setting.args ?? []), ...linter.args(given)];
  const folders = foldersFor(task, sandbox.inside(folder));
  const finished = await sandbox.run({
    argv: ["sh", "-c", script, "lint", folders, linter.program, mark, task.folder, linter.from, ...args],
    ...{ folder, timeoutMs: ms, outputBytes, mounts: [homeMount(home)] },
    env: { NO_COLOR: "1", CARGO_NET_OFFLINE: "true", CARGO_TERM_COLOR: "never", ...setting.env },
    ...(signal === undefined ? {} : { signal }),
  });
  signal?.throwIfAborted();
  const { exitCode: code, output, truncated, durationMs } = finished;
  if (finished.timedOut) return { kind: "late", ms: durationMs };
  const [printed = "", errors] = output.split(`\n${mark}\n`);
  if (errors === undefined && code === 127) return { kind: "missing", ms: durationMs };
  const complaints =
    code === null || truncated || errors === undefined
      ? null
      : linter.read({ code, output: printed, errors });
  if (complaints === null) return { kind: "broken", code, words: errors ?? "", ms: durationMs };
  const top = sandbox.inside(folder);
  return {
    kind: "ran",
    complaints: complaints.flatMap((one) => inRepository(one, top, task)),
    ms: durationMs,
  };
}

/** With its path relative to the repository; nothing where it leads out of it. */
function inRepository(complaint: Complaint, top: string, { folder }: Task): Complaint[] {
  const { file } = complaint;
  const inside = file.startsWith(`${top}/`) ? file.slice(top.length + 1) : null;
  if (inside === null && file.startsWith("/")) return [];
  const path = normalize(inside ?? join(folder, file));
  return path.startsWith("../") ? [] : [{ ...complaint, file: path }];
}

/** Where its program may be, the nearest first: what the repository installed, then the machine's. */
function foldersFor({ folder, linter }: Task, top: string): string {
  const steps = folder === "" ? [] : folder.split("/");
  const up = [...steps.keys(), steps.length]
    .reverse()
    .map((count) => [top, ...steps.slice(0, count)].join("/"));
  const own = linter.from === "packages" ? "node_modules/.bin" : ".venv/bin";
  return up.map((place) => `${place}/${own}`).join(":");
}
