import { entry } from "./problem-entry.ts";

/** What may be wrong with what is kept: journals, the data folder, the database. */
export const storeProblems = {
  "journal-unreadable": entry(
    "use",
    ({ path, why }) => `The journal ${path} cannot be read: ${why}.`,
    () => "Give the journal.jsonl of a run of this version of firstdraft.",
  ),
  "journal-exhausted": entry(
    "stopped",
    ({ replies }) => `The record ends after ${replies} replies, but the run asks for another.`,
    () => "The record is of an unfinished run, or the repository differs from the recorded one.",
  ),
  "record-unreadable": entry(
    "infrastructure",
    ({ run, why }) =>
      `What this run had recorded before it was interrupted (runs/${run}…/journal.jsonl in DATA_DIR) cannot be read: ${why}.`,
    () =>
      "Start the version of firstdraft that wrote it, or delete that file: then the run begins anew, and is paid for anew.",
  ),
  "data-dir-locked": entry(
    "infrastructure",
    ({ dir, pid }) => `The data folder ${dir} is in use by another firstdraft (process ${pid}).`,
    () =>
      "Stop that one first, or give this one its own DATA_DIR; two that are to share the jobs need a PostgreSQL (DATABASE_URL) as well.",
  ),
  "data-dir-unusable": entry(
    "infrastructure",
    ({ dir, why }) => `The data folder ${dir} cannot be used: ${why}.`,
    () => "Make it writable for this user, or set DATA_DIR to a folder that is.",
  ),
  "role-needs-database": entry(
    "use",
    ({ role }) => `serve --role ${role} shares its jobs with other processes, but DATABASE_URL is not set.`,
    () => "Set DATABASE_URL to a PostgreSQL, or leave --role out to run the App as one process.",
  ),
  "move-nothing": entry(
    "use",
    ({ dir }) => `There is no embedded database in ${dir}.`,
    () => "Set DATA_DIR to the folder of the App that is to be moved.",
  ),
  "move-before": entry(
    "use",
    ({ dir }) => `${dir} is there already, from a move before this one, and nothing was moved.`,
    () => "Put that folder elsewhere, then move again.",
  ),
  "move-not-empty": entry(
    "use",
    ({ table }) => `The database of DATABASE_URL has rows in ${table} already, and nothing was moved.`,
    () => "Name a database in which no App has been at work.",
  ),
  "database-unreachable": entry(
    "infrastructure",
    ({ why }) => `The database of DATABASE_URL cannot be opened: ${why}.`,
    () => "Start PostgreSQL, correct DATABASE_URL, or unset it to keep the queue in DATA_DIR.",
  ),
  "database-forbidden": entry(
    "infrastructure",
    ({ why }) => `The role of DATABASE_URL lacks a right: ${why}.`,
    () =>
      "Make it the owner of a database of its own, in which firstdraft makes the schemas pgboss and firstdraft.",
  ),
  "journal-not-stored": entry(
    "infrastructure",
    ({ why }) => `What the run does cannot be noted in the database: ${why}.`,
    () => "It goes on from what is noted as soon as it is tried again.",
  ),
  "database-newer": entry(
    "infrastructure",
    ({ version, known }) =>
      `The database has been in use by a later version of firstdraft (its tables are of form ${version}, this one knows ${known}).`,
    () => "Start that version, or restore the database as it was before.",
  ),
};
