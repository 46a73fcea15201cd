import { randomUUID } from "node:crypto";
import type { Duplex } from "node:stream";
import { Problem } from "../../log/problem.ts";
import { adoptFolder } from "../adopt.ts";
import { cleanEnvironment } from "../environment.ts";
import { keepRunning } from "../keep-running.ts";
import { launch } from "../launch.ts";
import { workspaceInside } from "../paths.ts";
import { signalProcess } from "../process-tree.ts";
import { keepComplaints } from "../ready.ts";
import { runToEnd } from "../run-to-end.ts";
import type { Command, Sandbox } from "../sandbox.ts";
import { sealFile } from "../sealed-file.ts";
import { type Engine, engineArguments } from "./arguments.ts";
import { removeLeftOver } from "./left-over.ts";
import { clientEnvironment } from "./open-engine.ts";

/** The descriptor on which a watcher beside the client hears how it ends. */
const LINE = 9;
const OVER = "over";
const CLIENT_FAILED = 125;
/** How long a client may take to see its container killed, in milliseconds. */
const STUCK_MS = 15_000;

/**
 * Becomes the client. A container outlives its client, and the controller: so another process waits for a word that all is
 * over, and where the line ends without it, kills the container, again and again until the client has gone, and removes it.
 * A service manager may ask all of us at once to end, so it does not listen to that.
 */
const WATCHED = `( trap "" HUP INT TERM; read -r word <&${LINE}; [ "$word" = ${OVER} ] && exit
while kill -0 $$; do "$1" kill --signal KILL "$2"; sleep 0.2; done
"$1" kill --signal KILL "$2"; "$1" rm --force "$2" ) >/dev/null 2>&1 &
exec ${LINE}>&-; program=$1; shift 2; exec "$program" "$@"`;

/** Commands in containers, each of its own, from the operator's image. The toolchains are the image's, not this machine's. */
export function engineSandbox(engine: Engine, path: readonly string[]): Sandbox {
  const { owner } = engine;
  const begin = (command: Command, toEnd: boolean) => {
    const toolchains = { binds: [], env: {}, path };
    const env = cleanEnvironment({ toolchains, hasNode: true }, command);
    const file = sealFile(environmentFile(env));
    const name = `firstdraft-${randomUUID()}`;
    const container = { name, envFile: "/proc/self/fd/3", env, toEnd };
    try {
      const child = launch({
        argv: [
          "/bin/sh",
          "-c",
          WATCHED,
          "sh",
          engine.program,
          name,
          ...engineArguments(engine, command, container),
        ],
        env: clientEnvironment(engine.name),
        cwd: "/",
        descriptors: [file.open()],
        line: LINE,
        stdin: toEnd ? "ignore" : "pipe",
      });
      const line = (child.stdio as readonly unknown[])[LINE] as Duplex;
      line.on("error", () => undefined).resume();
      // a client that failed or was killed itself does not know how its container is
      child.once("exit", (code) => line.end(code === null || code === CLIENT_FAILED ? "" : `${OVER}\n`));
      const kill = (pid: number): void => {
        line.end();
        const stuck = setTimeout(() => signalProcess(-pid, "SIGKILL"), STUCK_MS);
        child.once("exit", () => clearTimeout(stuck));
      };
      return { child, kill };
    } finally {
      file.close();
    }
  };
  return {
    name: engine.name,
    image: engine.image,
    ...(owner === undefined ? {} : { removeLeftOver: () => removeLeftOver(engine, owner) }),
    inside: () => workspaceInside,
    adopt: async (folder) => {
      if (process.getuid?.() === 0) await adoptFolder(folder, engine.uid);
    },
    run: async (command) => {
      const complaints = keepComplaints();
      const { child, kill } = begin(command, true);
      const ways = { kill, terminate: askClient, complaint: complaints.push };
      const finished = await runToEnd(child, command, ways);
      if (!complaints.ready && !finished.timedOut && !finished.cancelled) {
        throw new Problem("sandbox-failed", { message: complaints.text() });
      }
      return finished;
    },
    start: (command) => {
      const { child, kill } = begin(command, false);
      return keepRunning(child, command, kill);
    },
  };
}

/** The client hands a signal to the command. */
const askClient = (pid: number): void => signalProcess(pid, "SIGTERM");

function environmentFile(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => {
      if (value.includes("\n")) throw new Problem("sandbox-variable-lines", { name });
      return `${name}=${value}\n`;
    })
    .join("");
}
