import type { Dependency } from "./manifest.ts";

const longest = 2000;

/** One requirement as Python writes it (`name[extra]>=1; marker`, `name @ address`, an address); null where it is none. */
export function requirement(text: string): Dependency | null {
  const ecosystem = "PyPI";
  const line = text.slice(0, longest).trim();
  if (/^([a-z+]+:\/\/|\.|\/|git\+)/i.test(line)) {
    const named = /[#&]egg=([\w.-]+)/.exec(line)?.[1];
    return { ecosystem, name: plainName(named ?? lastPart(line)), elsewhere: line };
  }
  const name = /^[a-z\d][\w.-]*/i.exec(line)?.[0];
  if (name === undefined) return null;
  const rest = line.slice(name.length).trim();
  const end = rest.startsWith("[") ? rest.indexOf("]") + 1 : 0;
  const after = rest.slice(end).trim();
  const found = { ecosystem, name: plainName(name) } as const;
  return after.startsWith("@") ? { ...found, elsewhere: after.slice(1).trim() } : found;
}

/** Names that differ only in case, `-`, `_` and `.` are the same one to PyPI. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

function lastPart(address: string): string {
  const parts = address.split(/[?#@]/, 1)[0]?.split("/") ?? [];
  return parts.findLast((part) => part !== "") ?? address;
}
