import type { ChildProcess } from "node:child_process";
import type { Duplex } from "node:stream";

/** The descriptor, for both sides, on which a command waits for leave to start; one digit, as sh wants it. */
export const HANDSHAKE = 9;

/**
 * The shell line that asks for leave. bubblewrap's inner process has bound its life to the outer one when it sleeps
 * in its wait, the outer one to the controller before that: so if the controller still answers now, nothing inside can
 * outlive it. Without this, a controller killed in the milliseconds of the start would leave the command behind.
 */
export const handshakeScript = `while read -r s </proc/1/stat; do case $s in "1 ("*") S "*) break;; esac; done; echo >&${HANDSHAKE} && read -r _ <&${HANDSHAKE} && exec ${HANDSHAKE}>&-`;

/** Gives leave when asked. The answer tells whether that has happened: whether the sandbox was ready to run a command. */
export function giveLeave(child: ChildProcess): () => boolean {
  const line = (child.stdio as readonly unknown[])[HANDSHAKE] as Duplex;
  let asked = false;
  line.once("data", () => {
    asked = true;
    line.end("\n");
  });
  // a launcher that fails takes the line with it; its exit tells
  line.on("error", () => undefined);
  return () => asked;
}
