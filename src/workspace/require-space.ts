import { statfsSync } from "node:fs";
import { Problem } from "../log/problem.ts";

/** Bytes below which a disk counts as full: what fails on it then says nothing of anything else. */
const least = 1024 * 1024;

/** Throws `disk-full` where the disk of `folder` has next to nothing left. */
export function requireSpace(folder: string): void {
  if (isFull(folder)) throw new Problem("disk-full");
}

/** Whether the disk of `folder` has less than so many bytes left, or no further file. */
export function isFull(folder: string, bytes = least): boolean {
  try {
    const { bavail, bsize, ffree, files } = statfsSync(folder);
    return bavail * bsize < bytes || (files > 0 && ffree === 0);
  } catch {
    return false;
  }
}
