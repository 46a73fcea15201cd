import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { repository, startAppPlace } from "./app.ts";
import type { Answers, Deliveries } from "./deliver.ts";
import { type Measure, notMeasured, quantile, type Row } from "./row.ts";

const perSecond = 100;
const seconds = 10;

/** How soon a webhook is answered while many come in. */
export const webhooks: Measure = {
  name: "webhooks",
  async measure({ folder }) {
    await using place = await startAppPlace(folder);
    const { github, app } = place;
    const { milliseconds, statuses } = await deliver({
      url: app.webhookUrl,
      secret: github.webhookSecret,
      event: "issues",
      payload: labeled(github.installationId()),
      ...{ perSecond, seconds },
    });
    const { 200: answered = 0, ...others } = statuses;
    const what = (part: string) => `webhook answer, ${part} at ${perSecond} deliveries/s`;
    const wrong = Object.entries(others).map(([status, count]) => `${count} × ${status}`);
    if (answered === 0)
      return [notMeasured(what("p50"), "ms", null, `no delivery was taken: ${wrong.join(", ")}`)];
    const note = `${answered} of ${perSecond * seconds} answered with 200 once stored${wrong.map((each) => `, ${each}`).join("")}; PGlite`;
    return (["p50", "p99"] as const).map(
      (part): Row => ({
        what: what(part),
        unit: "ms",
        value: quantile(milliseconds, part === "p50" ? 0.5 : 0.99),
        aim: null,
        note,
      }),
    );
  },
};

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
