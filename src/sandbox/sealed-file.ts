import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Bytes without a name on any disk: lives as long as this process, and leaves nothing when it is killed. */
export interface SealedFile {
  /** A new descriptor at offset 0; the caller closes it. */
  open(): number;
  close(): void;
}

export function sealFile(content: string | Buffer): SealedFile {
  const folder = mkdtempSync(join(tmpdir(), "firstdraft-"));
  const path = join(folder, "sealed");
  writeFileSync(path, content, { mode: 0o400 });
  const fd = openSync(path, "r");
  rmSync(folder, { recursive: true });
  return { open: () => openSync(`/proc/self/fd/${fd}`, "r"), close: () => closeSync(fd) };
}
