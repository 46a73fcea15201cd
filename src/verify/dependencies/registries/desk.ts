import { ownNode } from "../../../sandbox/own-node.ts";
import type { Hosts, Sandbox } from "../../../sandbox/sandbox.ts";

/** Asks in the sandbox, with the network that installing dependencies has. */
export interface Desk {
  /** What a client prints on standard output. `code` null: there was no time left. */
  run(argv: readonly [string, ...string[]]): Promise<{ readonly code: number | null; readonly out: string }>;
  /** The answer to one GET; null: there was none that could be read. */
  get(url: string, accept: string): Promise<Got | null>;
}

export interface Got {
  readonly status: number;
  readonly body: string;
  /** When the file was last changed, in the server's words; "": it does not say. */
  readonly modified: string;
}

interface DeskOptions {
  readonly sandbox: Sandbox;
  /** Where clients are started: the base's own settings for them, and nothing else. */
  readonly folder: string;
  /** What may be reached. */
  readonly hosts: Hosts;
  readonly setupEnv: Readonly<Record<string, string>>;
  /** Milliseconds for all that is asked here together. */
  readonly limitMs: number;
  readonly signal?: AbortSignal;
}

const maxBytes = 8 * 1024 * 1024;

// Not the clients' words on standard error, which would stand among what they answer.
const quietly = 'exec "$@" 2>/dev/null';

/** Runs inside: the status and a date in the first line, then what was answered. */
const get = `
const [url, accept, max] = process.argv.slice(1);
const headers = { accept, "user-agent": "firstdraft" };
fetch(url, { headers }).then(async ({ status, body, headers }) => {
  process.stdout.write(status + " " + (headers.get("last-modified") ?? "") + "\\n");
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > Number(max)) { process.exitCode = 3; return; }
    process.stdout.write(chunk);
  }
}).catch(() => { process.exitCode = 2; });`;

export function openDesk(options: DeskOptions): Desk {
  const { sandbox, folder, hosts, setupEnv, limitMs, signal } = options;
  const end = performance.now() + limitMs;
  const node = ownNode(sandbox);
  const run: Desk["run"] = async (argv) => {
    signal?.throwIfAborted();
    const timeoutMs = Math.ceil(end - performance.now());
    if (timeoutMs <= 0) return { code: null, out: "" };
    const finished = await sandbox.run({
      argv: ["sh", "-c", quietly, "ask", ...argv],
      ...{ folder, mounts: node.mounts, network: true, hosts, timeoutMs, outputBytes: maxBytes + 1024 },
      env: {
        NODE_USE_ENV_PROXY: "1",
        NODE_USE_SYSTEM_CA: "1",
        npm_config_update_notifier: "false",
        npm_config_fetch_retries: "0",
        PIP_DISABLE_PIP_VERSION_CHECK: "1",
        ...setupEnv,
      },
      ...(signal === undefined ? {} : { signal }),
    });
    signal?.throwIfAborted();
    return { code: finished.truncated ? 1 : finished.exitCode, out: finished.output };
  };
  return {
    run,
    async get(url, accept) {
      const { code, out } = await run([node.path, "-e", get, "--", url, accept, `${maxBytes}`]);
      const line = out.indexOf("\n");
      const [, status = "0", modified = ""] = /^(\d+) (.*)$/.exec(out.slice(0, line)) ?? [];
      return code === 0 && status !== "0"
        ? { status: Number(status), body: out.slice(line + 1), modified }
        : null;
    },
  };
}
