import { mkdir, mkdtemp, readdir, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { removeAll } from "./remove-all.ts";

/** Milliseconds between two looks at what has come. */
const lookEvery = 1000;

export interface Incoming {
  /** Where git is to put what it gets (`GIT_OBJECT_DIRECTORY`). */
  readonly folder: string;
  /** Aborted once that is more than may come. */
  readonly tooMuch: AbortSignal;
}

/**
 * Takes objects in through a folder of their own in `gitDir`: a transfer that breaks off leaves nothing among the shared
 * `objects`, and what comes can be measured. `transfer` fills the folder; what is in it when that is done is moved. `maxBytes`
 * is of what lies on the disk, as it is packed.
 */
export async function takeIn(
  { gitDir, objects, maxBytes }: { gitDir: string; objects: string; maxBytes: number },
  transfer: (incoming: Incoming) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(gitDir, "incoming-"));
  const over = new AbortController();
  const look = async () => {
    if ((await sizeOf(folder)) > maxBytes) over.abort();
  };
  const looking = setInterval(() => void look().catch(() => {}), lookEvery);
  try {
    await mkdir(join(folder, "info"));
    await mkdir(join(folder, "pack"));
    await writeFile(join(folder, "info", "alternates"), `${objects}\n`);
    await transfer({ folder, tooMuch: over.signal });
    await look();
    over.signal.throwIfAborted();
    await moveObjects(folder, objects);
  } finally {
    clearInterval(looking);
    // A git that was ended may still make a file there.
    await removeAll(folder).catch(() => removeAll(folder));
  }
}

/** Bytes; a file that goes meanwhile has none. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = files.map(({ parentPath, name }) => stat(join(parentPath, name)).then(({ size }) => size));
  return (await Promise.allSettled(sizes)).reduce(
    (sum, one) => sum + (one.status === "fulfilled" ? one.value : 0),
    0,
  );
}

/** A pack counts once its index is there, so that comes last. */
async function moveObjects(from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) {
    if (!/^([0-9a-f]{2}|pack)$/.test(name)) continue;
    await mkdir(join(to, name), { recursive: true, mode: 0o700 });
    const files = (await readdir(join(from, name))).filter((file) => !file.startsWith("tmp_"));
    const inOrder = files.toSorted((a, b) => Number(a.endsWith(".idx")) - Number(b.endsWith(".idx")));
    for (const file of inOrder) await rename(join(from, name, file), join(to, name, file));
  }
}
