import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Json } from "../../src/demo/github/types.ts";
import type { ScriptedReply } from "../../src/demo/messages-api.ts";
import { checkEnded } from "../helpers/checks.ts";
import { proved, sums } from "../helpers/sums.ts";
import { openActionHouse, repository } from "./house.ts";
import type { Step, StepOptions } from "./runner.ts";

type Event = StepOptions["event"];
const mayRead: Readonly<Record<string, "read">> = {
  ...{ contents: "read", issues: "read", pull_requests: "read", metadata: "read" },
  ...{ checks: "read", statuses: "read", actions: "read" },
};
const env = { GITHUB_WORKFLOW_REF: `${repository}/.github/workflows/firstdraft.yml@refs/heads/main` };

const away: ScriptedReply = {
  status: 500,
  error: { type: "api_error", message: "away" },
  headers: { "x-should-retry": "false" },
};

/** A house in which drafts are made and corrected, by one job or by two, each step with an App's token. Without a script the model is away. */
export async function openCorrecting() {
  const config = "ask: never\nlimits: { ciRounds: 2 }\n";
  const script: ScriptedReply[] = [];
  const house = await openActionHouse(
    { ...sums, ".github/firstdraft.yml": config },
    () => script.shift() ?? away,
  );
  const folder = await mkdtemp(join(tmpdir(), "firstdraft-correcting-"));
  let run = 7_000_000_900;
  const own = () => ({ ...env, GITHUB_RUN_ID: String(run) });
  const file = () => ({ "draft-file": join(folder, `${run}.json`) });
  const pull = (number: number): Promise<Json> => house.get(`/pulls/${number}`);
  const oneJob = async (event: Event, more: Partial<StepOptions> = {}): Promise<Step> => {
    run++;
    const token = await house.github.appToken();
    return house.step(event, {
      ...more,
      env: { ...own(), ...more.env },
      inputs: { "github-token": token, ...more.inputs },
    });
  };
  return {
    ...{ house, script, pull, oneJob },
    async generate(event: Event): Promise<Step> {
      run++;
      const token = await house.github.appToken("acme", mayRead);
      return house.step(event, {
        env: own(),
        inputs: { ...file(), mode: "generate", "github-token": token },
      });
    },
    /** Of the run that generated last; `isLost`: its file did not come through. */
    async publish(event: Event, isLost = false): Promise<Step> {
      const token = await house.github.appToken();
      if (isLost) await rm(file()["draft-file"], { force: true });
      const inputs = { ...file(), mode: "publish", "github-token": token, "anthropic-api-key": "" };
      return house.step(event, { env: own(), inputs });
    },
    /** A draft whose check is red, and what GitHub tells of that. */
    async red() {
      script.splice(0, script.length, ...proved);
      const { number: issue, event } = await house.labelled();
      const { outputs } = await oneJob(event);
      const head = outputs["commit-sha"] ?? "";
      const check = (conclusion: string | null, job = "build") =>
        checkEnded(house, "sums", head, conclusion, "FAIL", job);
      await check("failure");
      const suite = {
        ...{ head_sha: head, head_branch: `firstdraft/issue-${issue}`, updated_at: "2026-01-01T00:00:00Z" },
      };
      const sender = { login: "some-ci[bot]", type: "Bot" };
      const told = { action: "completed", check_suite: suite, repository: await house.get(""), sender };
      script.splice(0);
      return {
        ...{ issue, head, check, number: Number(outputs["pull-request-number"]) },
        event: { name: "check_suite", payload: told },
      };
    },
    async [Symbol.asyncDispose]() {
      await house[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}
