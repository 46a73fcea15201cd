import { startGitHub } from "../../src/demo/github/start.ts";
import type { Files, Json, LocalGitHub } from "../../src/demo/github/types.ts";
import { type MessagesApi, type Script, startMessagesApi } from "../../src/demo/messages-api.ts";
import { anIssue } from "../helpers/test-repository.ts";
import { type Bundle, buildBundle, eventOf, runStep, type Step, type StepOptions } from "./runner.ts";

export const apiKey = "sk-ant-a-key-that-nobody-may-see";
export const repository = "acme/sums";

/** A GitHub with one repository, a Messages API with a script, and the bundle. */
export interface ActionHouse extends AsyncDisposable {
  readonly github: LocalGitHub;
  readonly model: MessagesApi;
  readonly bundle: Bundle;
  step(event: StepOptions["event"], more?: Partial<StepOptions>): Promise<Step>;
  /** An issue, labelled; and the event of it. */
  labelled(by?: string, label?: string): Promise<{ number: number; event: StepOptions["event"] }>;
  /** A pull request, from a branch of the repository or of mallory's fork; and the event of it. */
  proposed(files: Files, by?: "ada" | "mallory"): Promise<Proposed>;
  /** A step in verify mode without a key, with the rights that the README's workflow has. */
  verify(event: StepOptions["event"], more?: Partial<StepOptions>): Promise<Step>;
  get(path: string): Promise<Json>;
  comments(number: number): Promise<string[]>;
}

export interface Proposed {
  readonly number: number;
  readonly branch: string;
  readonly head: string;
  readonly event: StepOptions["event"];
}

/** As the workflow in the README asks for them; a fork's run gets them to read only. */
export const rights = { contents: "read", pull_requests: "write", checks: "write" } as const;

export async function openActionHouse(files: Files, script: Script): Promise<ActionHouse> {
  const bundle = await buildBundle();
  const model = await startMessagesApi(script);
  const github = await startGitHub({
    repositories: [
      { owner: "acme", name: "sums", files },
      { owner: "mallory", name: "sums", forkOf: repository },
    ],
    users: [
      { login: "ada", role: "write" },
      { login: "tom", role: "triage" },
    ],
  });
  let branches = 0;
  const get = async (path: string) =>
    (await github.as("acme").request("GET", `/repos/${repository}${path}`)).body;
  return {
    ...{ github, model, bundle, get },
    step: (event, more = {}) =>
      runStep({
        ...{ bundle, github, repository, event, ...more },
        inputs: { "anthropic-api-key": apiKey, "anthropic-base-url": model.url, ...more.inputs },
      }),
    async labelled(by = "ada", label = "ai-generate") {
      const { number } = await github.as("ada").openIssue(repository, anIssue);
      await github.as(by).label(repository, number, label);
      const event = await eventOf(
        github,
        "issues",
        ({ action, issue }) => action === "labeled" && issue.number === number,
      );
      return { number, event };
    },
    async proposed(files, by = "ada") {
      const [whose, branch] = [by === "ada" ? "acme" : by, `topic-${++branches}`];
      const head = await github.as(by).push(`${whose}/sums`, branch, { message: "Change it", files });
      const body = { head: `${whose}:${branch}`, base: "main", title: "A change" };
      const { body: pull } = await github.as(by).request("POST", `/repos/${repository}/pulls`, body);
      const event = await eventOf(
        github,
        "pull_request",
        ({ action, pull_request: { number } }) => action === "opened" && number === pull.number,
      );
      return { number: pull.number, branch, head, event };
    },
    verify: async (event, more = {}) =>
      runStep({
        ...{ bundle, github, repository, event, ...more },
        inputs: { mode: "verify", "github-token": await github.actionsToken("acme", rights), ...more.inputs },
      }),
    comments: async (number) => (await get(`/issues/${number}/comments`)).map(({ body }: Json) => body),
    async [Symbol.asyncDispose]() {
      await Promise.all([bundle[Symbol.asyncDispose](), github.close(), model.close()]);
    },
  };
}
