import type { ChildProcess } from "node:child_process";
import type { Duplex } from "node:stream";
import type { Environment } from "./environment.ts";

/** The descriptor, for both sides, on which a command waits for leave to start; one digit, as sh wants it. */
export const HANDSHAKE = 9;

/**
 * The shell line that asks for leave. bubblewrap's inner process has bound its life to the outer one when it sleeps
 * in its wait, the outer one to the controller before that: so if the controller still answers now, nothing inside can
 * outlive it. Without this, a controller killed in the milliseconds of the start would leave the command behind.
 * With the leave come variables for the command, which so stand in no command line.
 */
export const handshakeScript = `nl='\n'; while read -r s </proc/1/stat; do case $s in "1 ("*") S "*) break;; esac; done; echo >&${HANDSHAKE} && read -r s <&${HANDSHAKE} && exec ${HANDSHAKE}>&- && eval "$s"`;

/** `env` as one line for the shell above. */
export function exportLine(env: Environment): string {
  const words = Object.entries(env).map(([name, value]) => {
    if (!/^[A-Za-z_]\w*$/.test(name)) throw new Error(`${name} is no name of a variable`);
    return `${name}='${value.replaceAll("'", "'\\''").replaceAll("\n", `'"$nl"'`)}'`;
  });
  return words.length === 0 ? ":" : `export ${words.join(" ")}`;
}

/**
 * Gives leave when asked, and `env` with it. The answer tells whether that has happened: whether the sandbox was ready to
 * run a command.
 */
export function giveLeave(child: ChildProcess, env: Environment): () => boolean {
  const words = exportLine(env);
  const line = (child.stdio as readonly unknown[])[HANDSHAKE] as Duplex;
  let asked = false;
  line.once("data", () => {
    asked = true;
    line.end(`${words}\n`);
  });
  // a launcher that fails takes the line with it; its exit tells
  line.on("error", () => undefined);
  return () => asked;
}
