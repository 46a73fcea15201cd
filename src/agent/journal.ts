import { closeSync, existsSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { Problem } from "../log/problem.ts";
import { redactedJson } from "../log/redacted-json.ts";
import { type Happening, type JournalEntry, journalEntry, journalVersion } from "./journal-entry.ts";

export type { Happening, JournalEntry } from "./journal-entry.ts";

/** The record of a run: one JSON object a line, in the order in which things happened. */
export interface Journal extends Disposable {
  /** On the disk's side of a killed process when it returns (no fsync: not of a lost power supply). */
  write(happening: Happening): void;
  /** All that was written is where copies are kept, if there is such a place and this journal has taken over. */
  stored(): Promise<void>;
  /** Takes the place of the journal that is being resumed, and of its copy; nothing to do twice. */
  takeOver(): Promise<void>;
}

/** Where each line goes too: beyond this machine. */
export interface Copy {
  add(lines: readonly string[]): Promise<void>;
}

/**
 * Opens a journal for one run. `redact` is applied to every string that is written. Where a journal stands at `path`
 * already, this one is written beside it (`path` + `.next`) and replaces it at `takeOver` alone: a resumed run that is
 * stopped or killed again while it repeats the record has lost none of it.
 */
export function openJournal(path: string, redact: (text: string) => string, copy?: Copy): Journal {
  let beside = existsSync(path);
  const next = `${path}.next`;
  const file = openSync(beside ? next : path, "w", 0o600);
  let waiting: string[] = [];
  let sending = Promise.resolve();
  const stored = () => {
    if (copy === undefined || beside || waiting.length === 0) return sending;
    const lines = waiting;
    waiting = [];
    sending = sending.then(() => copy.add(lines));
    return sending;
  };
  return {
    write(happening) {
      const line = { v: journalVersion, at: new Date().toISOString(), ...happening };
      const text = redactedJson(line, redact);
      writeSync(file, `${text}\n`);
      if (copy !== undefined) waiting.push(text);
    },
    stored,
    takeOver() {
      if (beside) renameSync(next, path);
      beside = false;
      return stored();
    },
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
  return journalEntries(text.split("\n").slice(0, -1), path);
}

/** The entries of these lines of the journal at `path`. Throws `journal-unreadable`. */
export function journalEntries(lines: readonly string[], path: string): readonly JournalEntry[] {
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
