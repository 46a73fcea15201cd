import { once } from "node:events";
import { readdir, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prefix, socketName } from "./open-outlet.ts";

/** Removes the folders of outlets whose process was killed: there is a socket, and nobody listens at it. */
export async function removeDeadOutlets(top = tmpdir()): Promise<void> {
  const names = (await readdir(top)).filter((name) => name.startsWith(prefix));
  for (const folder of names.map((name) => join(top, name)))
    if (await isDead(join(folder, socketName))) await rm(folder, { recursive: true, force: true });
}

/** False also where there is no socket yet, and for another user's. */
async function isDead(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, "connect");
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ECONNREFUSED";
  } finally {
    socket.destroy();
  }
}
