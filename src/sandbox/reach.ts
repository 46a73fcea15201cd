import { realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * The topmost folder on the way to `path` that the user `uid` may not pass through, or null. A controller that is root
 * can open what is behind it (`/root`, a private temporary folder), the user that commands run as cannot.
 */
export function blockedBy(path: string, uid: number): string | null {
  let blocked: string | null = null;
  for (let folder = dirname(realpathSync(path)); ; folder = dirname(folder)) {
    const { mode, uid: owner } = statSync(folder);
    if ((owner === uid ? mode & 0o100 : mode & 0o001) === 0) blocked = folder;
    if (folder === dirname(folder)) return blocked;
  }
}
