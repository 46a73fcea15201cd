import { closeSync, existsSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { Problem } from "../log/problem.ts";
import { type Happening, type JournalEntry, journalEntry, journalVersion } from "./journal-entry.ts";

export type { Happening, JournalEntry } from "./journal-entry.ts";

/** The record of a run: one JSON object a line, in the order in which things happened. */
export interface Journal extends Disposable {
  /** On the disk's side of a killed process when it returns (no fsync: not of a lost power supply). */
  write(happening: Happening): void;
  /** Takes the place of the journal that is being resumed; nothing else to do twice. */
  takeOver(): void;
}

/**
 * Opens a journal for one run. `redact` is applied to every string that is written. Where a journal stands at `path`
 * already, this one is written beside it (`path` + `.next`) and replaces it at `takeOver` alone: a resumed run that is
 * stopped or killed again while it repeats the record has lost none of it.
 */
export function openJournal(path: string, redact: (text: string) => string): Journal {
  let beside = existsSync(path);
  const next = `${path}.next`;
  const file = openSync(beside ? next : path, "w", 0o600);
  const takeOver = () => {
    if (beside) renameSync(next, path);
    beside = false;
  };
  return {
    write(happening) {
      const line = { v: journalVersion, at: new Date().toISOString(), ...happening };
      writeSync(
        file,
        `${JSON.stringify(line, (_, value) => (typeof value === "string" ? redact(value) : value))}\n`,
      );
    },
    takeOver,
    [Symbol.dispose]() {
      closeSync(file);
      // Stopped before it got as far as the record it repeats: that one holds what was paid for.
      if (beside) rmSync(next, { force: true });
    },
  };
}

/**
 * The entries of a journal. A last line without its end, as a killed process leaves it, is left out.
 * Throws the problem `journal-unreadable` for anything else that is not a journal of this version.
 */
export async function readJournal(path: string): Promise<readonly JournalEntry[]> {
  const text = await readFile(path, "utf8").catch((cause: Error) => {
    throw new Problem("journal-unreadable", { path, why: cause.message }, { cause });
  });
  const lines = text.split("\n").slice(0, -1);
  return lines.map((line, i) => {
    const entry = journalEntry.safeParse(json(line));
    if (entry.success) return entry.data;
    throw new Problem("journal-unreadable", {
      path,
      why: `line ${i + 1} is not a journal entry of version ${journalVersion}`,
    });
  });
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Not an entry, which is what the caller says.
    return null;
  }
}
