import { setTimeout as delay } from "node:timers/promises";

/** Milliseconds between two looks for the inspector, and how many there are. */
const pause = 100;
const looks = 100;

/** Environment of a Node process whose memory is to be measured by `port`. */
export const measuredBy = (port: number) => ({ NODE_OPTIONS: `--inspect-port=127.0.0.1:${port}` });

/**
 * What a Node process keeps, in bytes, after its garbage is collected: JavaScript's heap and the buffers beside it. Asked by
 * the inspector, which SIGUSR1 opens (nodejs.org, "Debugger"); `measuredBy` tells it where.
 */
export async function liveMemory(pid: number | undefined, port: number): Promise<number> {
  if (pid === undefined) throw new Error("the process has not started");
  process.kill(pid, "SIGUSR1");
  const socket = new WebSocket(await debuggerUrl(port));
  try {
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = () => reject(new Error(`no inspector answers at port ${port}`));
    });
    // The first collection lets go of what finalizers still hold.
    for (let times = 0; times < 2; times++) await call(socket, "HeapProfiler.collectGarbage", {});
    const expression = "{ const { heapUsed, external } = process.memoryUsage(); heapUsed + external }";
    const { result } = await call(socket, "Runtime.evaluate", { expression });
    if (typeof result?.value !== "number") throw new Error("the inspector told no memory");
    return result.value;
  } finally {
    socket.close();
  }
}

async function debuggerUrl(port: number): Promise<string> {
  for (let look = 0; look < looks; look++) {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => null);
    const [target] = ((await answer?.json()) ?? []) as { webSocketDebuggerUrl: string }[];
    if (target !== undefined) return target.webSocketDebuggerUrl;
    await delay(pause);
  }
  throw new Error(`no inspector opened at port ${port}`);
}

interface Answer {
  readonly result?: { readonly value?: unknown };
}

let calls = 0;

function call(socket: WebSocket, method: string, params: object): Promise<Answer> {
  const id = ++calls;
  return new Promise((resolve, reject) => {
    socket.onclose = () => reject(new Error("the process has ended"));
    socket.addEventListener("message", function told({ data }) {
      const message = JSON.parse(String(data));
      if (message.id !== id) return;
      socket.removeEventListener("message", told);
      resolve(message.result);
    });
    socket.send(JSON.stringify({ id, method, params }));
  });
}
