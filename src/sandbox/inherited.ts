import { readdirSync, readFileSync } from "node:fs";

const O_CLOEXEC = 0o2000000;

let known: readonly number[] | null = null;

/**
 * Descriptors above 2 that whoever started this process left open for its children too. A started command would inherit
 * them; they may lead anywhere.
 */
export function inheritedDescriptors(): readonly number[] {
  // Node opens its own with O_CLOEXEC, so there will be no more of them
  known ??= readdirSync("/proc/self/fdinfo")
    .map(Number)
    .filter((fd) => fd > 2 && isInherited(fd));
  return known;
}

function isInherited(fd: number): boolean {
  try {
    const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, "utf8"))?.[1] ?? "0";
    return (Number.parseInt(flags, 8) & O_CLOEXEC) === 0;
  } catch {
    return false; // the listing's own descriptor, closed by now
  }
}
