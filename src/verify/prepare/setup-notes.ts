import { configPath } from "../../config/types.ts";
import type { Refused } from "../../sandbox/sandbox.ts";
import type { Finding } from "../types.ts";

/** What a reader has to know of an installation, beside whether it failed. */
export interface SetupNotes {
  readonly refused: readonly Refused[];
  /** Package managers that did not say where their packages come from. */
  readonly silent: readonly string[];
  /** Packages whose own scripts failed. */
  readonly scripts: readonly string[];
  /** What could not be had, of that which is installed as far as it can be. */
  readonly missing?: readonly string[];
  /** Whether it had all of the machine's network, as the operator may want it. */
  readonly any?: boolean;
}

export type NoteSetup = (notes: SetupNotes) => void;

/** So many names are said; the rest is counted. */
const most = 8;

/** Remarks on all installations of a verification. A host that several of them asked for counts with the most. */
export function setupFindings(all: readonly SetupNotes[], redact: (text: string) => string): Finding[] {
  const refused = all.flatMap((notes) => notes.refused);
  const unlisted = timesOf(refused.filter(({ why }) => why === "not-listed"));
  const astray = timesOf(refused.filter(({ why }) => why === "address"));
  const silent = refused.length === 0 ? [] : [...new Set(all.flatMap((notes) => notes.silent))];
  const missing = [...new Set(all.flatMap((notes) => notes.missing ?? []))].map((name) =>
    JSON.stringify(name),
  );
  const scripts = [...new Set(all.flatMap((notes) => notes.scripts))].map((name) => JSON.stringify(name));
  // What opens it first: a long list may be cut where it is shown.
  const reasons = [
    all.some(({ any }) => any === true) &&
      "Setup had the whole network of the machine that ran it, as FIRSTDRAFT_SETUP_HOSTS of the operator says.",
    unlisted.length > 0 &&
      `Setup was refused hosts that nobody listed; network.allow in ${configPath} or FIRSTDRAFT_SETUP_HOSTS of the operator opens one: ${some(unlisted)}.`,
    astray.length > 0 &&
      `Setup was refused hosts whose names lead into this machine's own network, or are its proxy's to look up; only FIRSTDRAFT_SETUP_HOSTS of the operator opens one: ${some(astray)}.`,
    silent.length > 0 &&
      `These package managers did not say where their packages come from, so FIRSTDRAFT_SETUP_HOSTS of the operator has to name their hosts: ${some(silent)}.`,
    missing.length > 0 && `This could not be installed, so tests that need it fail here: ${some(missing)}.`,
    scripts.length > 0 &&
      `Install scripts failed, which run without network once all is there; network.scripts in ${configPath} gives them that of setup: ${some(scripts)}.`,
  ];
  return reasons.flatMap((reason): Finding[] =>
    reason === false
      ? []
      : [{ gate: "setup", weight: "remark", file: "", line: null, reason: redact(reason) }],
  );
}

function timesOf(refused: readonly Refused[]): string[] {
  const times = new Map<string, number>();
  for (const one of refused) times.set(one.host, Math.max(times.get(one.host) ?? 0, one.times));
  return [...times]
    .toSorted(([, a], [, b]) => b - a)
    .map(([host, count]) => `${host.replace(/:443$/, "")} (${count === 1 ? "once" : `${count} times`})`);
}

function some(names: readonly string[]): string {
  const more = names.length - most;
  return [...names.slice(0, most), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}
