import { expect } from "@jest/globals";
import type { House } from "./house.ts";

/** A workflow's job ends so, or goes on (null), as GitHub notes it. */
export async function checkEnded(
  { github }: Pick<House, "github">,
  name: string,
  head_sha: string,
  conclusion: string | null,
  log?: string,
  job = "build",
): Promise<void> {
  const token = await github.actionsToken("acme");
  const post = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const url = `${github.apiUrl}/repos/acme/${name}${path}`;
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    expect(answer.status).toBe(201);
    return (await answer.json()) as { id: number };
  };
  const state = conclusion === null ? { status: "in_progress" } : { status: "completed", conclusion };
  const { id } = await post("/check-runs", { name: job, head_sha, ...state });
  if (log !== undefined) await post(`/actions/jobs/${id}/logs`, { log });
}

/** GitHub tells the App that a suite on a draft's branch has ended. */
export async function suiteEnded(house: House, name: string, issue: number, sha: string): Promise<void> {
  await house.deliver("check_suite", {
    action: "completed",
    check_suite: {
      head_sha: sha,
      head_branch: `firstdraft/issue-${issue}`,
      updated_at: "2026-01-01T00:00:00Z",
    },
    repository: { name, owner: { login: "acme" }, private: false },
    sender: { login: "github-actions[bot]", type: "Bot" },
    installation: { id: house.github.installationId() },
  });
}
