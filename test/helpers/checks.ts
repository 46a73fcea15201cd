import { expect } from "@jest/globals";
import type { Json, LocalGitHub } from "../../src/demo/github/types.ts";
import type { House } from "./house.ts";

/** What reports a check: GitHub Actions or another App. */
export type Reporter = "actions" | "other-ci";

/** A check run as its App writes it; `suite`, `run_attempt` and `log` are of a workflow's run. */
export interface CheckRun {
  /** Default `build`. */
  readonly name?: string;
  /** null: it goes on. */
  readonly conclusion: string | null;
  readonly output?: Json;
  readonly details_url?: string;
  readonly started_at?: string;
  readonly completed_at?: string;
  readonly log?: string;
  readonly suite?: string;
  readonly run_attempt?: number;
}

type Place = Pick<House, "github">;

/** An App reports a check of a commit, as GitHub notes it. */
export async function report(
  house: Place,
  name: string,
  head_sha: string,
  { log, conclusion, ...run }: CheckRun,
  by: Reporter = "actions",
): Promise<void> {
  const state = conclusion === null ? { status: "in_progress" } : { status: "completed", conclusion };
  const { id } = await post(house, by, `/repos/acme/${name}/check-runs`, {
    ...{ name: "build", head_sha, ...state, ...run },
  });
  if (log !== undefined) await post(house, by, `/repos/acme/${name}/actions/jobs/${id}/logs`, { log });
}

/** A status of a commit: https://docs.github.com/en/rest/commits/statuses#create-a-commit-status */
export async function reportStatus(
  house: Place,
  name: string,
  sha: string,
  status: { context?: string; state: string; description?: string; target_url?: string },
): Promise<void> {
  await post(house, "other-ci", `/repos/acme/${name}/statuses/${sha}`, { context: "ci/outside", ...status });
}

const tokens = new WeakMap<LocalGitHub, Map<Reporter, Promise<string>>>();

function tokenOf(github: LocalGitHub, by: Reporter): Promise<string> {
  const known = tokens.get(github) ?? new Map<Reporter, Promise<string>>();
  tokens.set(github, known);
  const token =
    known.get(by) ?? (by === "actions" ? github.actionsToken("acme") : github.otherCiToken("acme"));
  known.set(by, token);
  return token;
}

async function post({ github }: Place, by: Reporter, path: string, body: object): Promise<{ id: number }> {
  const token = await tokenOf(github, by);
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const answer = await fetch(`${github.apiUrl}${path}`, {
    ...{ method: "POST", headers, body: JSON.stringify(body) },
  });
  expect(answer.status).toBe(201);
  return (await answer.json()) as { id: number };
}

/** A workflow's job ends so, or goes on (null), as GitHub notes it. */
export const checkEnded = (
  house: Place,
  name: string,
  sha: string,
  conclusion: string | null,
  log?: string,
  job = "build",
): Promise<void> =>
  report(house, name, sha, { conclusion, name: job, ...(log === undefined ? {} : { log }) });

/** GitHub tells the App that a suite on a draft's branch has ended. */
export async function suiteEnded(house: House, name: string, issue: number, sha: string): Promise<void> {
  const { body } = await house.github.as("ada").request("GET", `/repos/acme/${name}`);
  await house.deliver("check_suite", {
    action: "completed",
    check_suite: {
      head_sha: sha,
      head_branch: `firstdraft/issue-${issue}`,
      updated_at: "2026-01-01T00:00:00Z",
    },
    repository: { id: body.id, name, owner: { login: "acme" }, private: false },
    sender: { login: "github-actions[bot]", type: "Bot" },
    installation: { id: house.github.installationId() },
  });
}
