import type { Refused } from "../../sandbox/sandbox.ts";
import type { Finding } from "../types.ts";

/** What a reader has to know of an installation, beside whether it failed. */
export interface SetupNotes {
  readonly refused: readonly Refused[];
  /** Package managers that did not say where their packages come from. */
  readonly silent: readonly string[];
  /** Packages whose own scripts failed. */
  readonly scripts: readonly string[];
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
  const scripts = [...new Set(all.flatMap((notes) => notes.scripts))].map((name) => JSON.stringify(name));
  const reasons = [
    unlisted.length > 0 &&
      `Installing dependencies was refused ${some(unlisted)}: network.allow in the repository's configuration, or FIRSTDRAFT_SETUP_HOSTS of the operator, lets it reach a host.`,
    astray.length > 0 &&
      `Installing dependencies was refused ${some(astray)}, whose names lead into this machine's own network or are the operator's proxy's to look up: only FIRSTDRAFT_SETUP_HOSTS of the operator can name such a host.`,
    silent.length > 0 &&
      `Where packages come from could not be found out of ${some(silent)}: FIRSTDRAFT_SETUP_HOSTS of the operator has to name their hosts.`,
    scripts.length > 0 &&
      `The scripts of ${some(scripts)} failed, which run without network once all is installed: network.scripts in the repository's configuration gives them that of the installation.`,
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
