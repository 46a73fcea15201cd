import type { MessagesRequest, ScriptedReply } from "../../src/demo/messages-api.ts";
import { type Measure, median, notMeasured, type Row, row } from "./row.ts";
import { fromBuild, fromSource, type LocalRun, runLocal } from "./run-local.ts";
import { edits, lastWord, makeSample } from "./sample.ts";

const runs = 3;
const turns = 20;

/** Twenty turns with a command that does nothing, told apart so that they are not taken for going in circles; then a change. */
const replies: readonly ScriptedReply[] = [
  ...Array.from({ length: turns }, (_, turn) => ({
    tools: [{ name: "bash", input: { command: `true ${turn}` } }],
  })),
  { tools: edits },
  lastWord,
];

/** What a turn costs beside the model and the tool, and what is sent. */
export const perTurn: Measure = {
  name: "turns",
  async measure({ folder, noBuild }) {
    const sample = await makeSample(folder);
    const measure = async (entry: string) => {
      const measured: LocalRun[] = [];
      for (let run = 0; run < runs; run++) measured.push(await runLocal(entry, sample, replies, folder));
      return measured;
    };
    const fromSources = await measure(fromSource);
    const measured = noBuild === null ? await measure(fromBuild) : fromSources;
    const gaps = measured.map(({ arrivals }) => median(gapsOf(arrivals.slice(1, turns + 1))));
    return [
      row(
        "time added per turn, tool `true` in the sandbox",
        gaps,
        "ms",
        { sign: "≤", value: 15 },
        `from one request to the next, ${turns} turns, the first left out`,
      ),
      noBuild === null
        ? peakRow("the build", measured)
        : notMeasured(peakOf("the build"), "MB", peakAim, noBuild),
      peakRow("source", fromSources),
      row(
        "fixed prompt and tools in the first request",
        measured.map(({ requests }) => fixedBytes(requests[0])),
        "bytes",
        { sign: "<", value: 12_000 },
        "the body without `messages`",
      ),
      row(
        "share of a request that equals the one before",
        measured.map(({ requests }) => 100 * median(sharesOf(requests.map(({ body }) => body)))),
        "%",
        { sign: "≥", value: 95 },
        `longest common prefix of tools, system, messages without cache marks, ${turns + 1} pairs`,
      ),
    ];
  },
};

const peakAim = { sign: "≤", value: 150 } as const;
const peakOf = (from: string) => `peak memory over ${turns} turns and the verification, from ${from}`;

function peakRow(from: string, measured: readonly LocalRun[]): Row {
  const peaks = measured.map(({ peakBytes }) => peakBytes / 1e6);
  return row(peakOf(from), peaks, "MB", peakAim, "VmHWM of the controller");
}

const gapsOf = (times: readonly number[]): number[] =>
  times.slice(1).map((time, i) => time - (times[i] ?? time));

function fixedBytes(request: LocalRun["requests"][number] | undefined): number {
  if (request === undefined) throw new Error("there was no request");
  return request.bytes - Buffer.byteLength(JSON.stringify(request.body.messages));
}

/** Of each request but the first, the part at its start that a cache has seen already. */
function sharesOf(requests: readonly MessagesRequest[]): number[] {
  const texts = requests.map(asCached);
  return texts.slice(1).map((text, i) => commonPrefix(texts[i] ?? text, text) / text.length);
}

/** In the order in which the API caches, the marks themselves left out: they move and are no content. */
function asCached({ tools, system, messages }: MessagesRequest): Buffer {
  const text = JSON.stringify([tools, system, messages], (key, value) =>
    key === "cache_control" ? undefined : value,
  );
  return Buffer.from(text);
}

function commonPrefix(a: Buffer, b: Buffer): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a[length] === b[length]) length++;
  return length;
}
