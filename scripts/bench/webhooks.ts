import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { repository, startAppPlace } from "./app.ts";
import type { Answers, Deliveries } from "./deliver.ts";
import { format, type Measure, quantile, type Row, row } from "./row.ts";
import { storedOf } from "./stored.ts";
import { type BenchStore, onBothStores } from "./stores.ts";

const perSecond = 200;
const seconds = 20;
const at = `at ${perSecond} deliveries/s for ${seconds} s`;

/** How soon a webhook is answered while many come in, and what is in the database afterwards. */
export const webhooks: Measure = {
  name: "webhooks",
  measure: ({ folder }) => onBothStores(folder, `webhook answer ${at}`, (store) => answers(folder, store)),
};

async function answers(folder: string, { name, env, options }: BenchStore): Promise<Row[]> {
  const place = await startAppPlace(folder, env);
  const { github, app, dataDir } = place;
  const { milliseconds, statuses, guids } = await deliver({
    url: app.webhookUrl,
    secret: github.webhookSecret,
    event: "issues",
    payload: labeled(github.installationId()),
    ...{ perSecond, seconds },
  }).finally(() => place[Symbol.asyncDispose]());
  const accepted = guids.filter((_, index) => statuses[index] === 200);
  const { once, twice } = await storedOf({ dataDir, ...options }, accepted);
  const [p50, p99, most] = [0.5, 0.99, 1].map((part) => quantile(milliseconds, part));
  const note = `p50 ${format(p50 ?? 0, "ms")}, longest ${format(most ?? 0, "ms")}; ${guids.length} sent, each when it was due`;
  const kept = `${accepted.length} of ${guids.length} answered with 200; rows counted once the App had ended: ${accepted.length - once - twice} of those lost, ${twice} there twice`;
  return [
    row(`webhook answer, p99 ${at}, ${name}`, [p99 ?? Number.NaN], "ms", { sign: "<", value: 100 }, note),
    row(
      `deliveries taken in and stored once ${at}, ${name}`,
      [(100 * once) / guids.length],
      "%",
      { sign: "≥", value: 100 },
      kept,
    ),
  ];
}

/** The deliveries are sent by a process of their own, so that what the GitHub here does meanwhile does not delay them. */
async function deliver(deliveries: Deliveries): Promise<Answers> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "deliver.ts")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(JSON.stringify(deliveries));
  return (await json(child.stdout)) as Answers;
}

interface Example {
  readonly name: string;
  readonly examples: readonly (Deliveries["payload"] & { action?: string })[];
}

/** One of GitHub's own payloads, for our repository: stored, looked at, and found to ask for nothing. */
function labeled(installation: number): Deliveries["payload"] {
  const examples: Example[] = createRequire(import.meta.url)(
    "@octokit/webhooks-examples/api.github.com/index.json",
  );
  const found = examples
    .find(({ name }) => name === "issues")
    ?.examples.find(({ action }) => action === "labeled");
  if (found === undefined) throw new Error("there is no example of issues.labeled");
  const [login = "", name = ""] = repository.split("/");
  const { repository: shape, ...rest } = found;
  const ours = { ...(shape as object), name, full_name: repository, owner: { login, type: "User" } };
  return { ...rest, repository: ours, installation: { id: installation } };
}
