import { afterAll, expect, test } from "@jest/globals";
import { readOperatorConfig } from "../../src/config/operator-config.ts";
import { startGitHub } from "../../src/demo/github/start.ts";
import { connectWithToken } from "../../src/github/connect.ts";
import { isAskedFor } from "../../src/run/admit.ts";
import { job } from "../job/triggers.ts";

const github = await startGitHub({
  repositories: [
    { owner: "acme", name: "plain", files: { "a.txt": "a\n" } },
    { owner: "acme", name: "own", files: { ".github/firstdraft.yml": "label: draft me\n" } },
    { owner: "acme", name: "broken", files: { ".github/firstdraft.yml": "label: [\n" } },
  ],
});
afterAll(() => github.close());

async function asked(repo: string, label: string): Promise<boolean> {
  const repository = { owner: "acme", repo };
  const access = await connectWithToken({ token: github.token("acme"), apiUrl: github.apiUrl, repository });
  const issue = { number: 1, title: "t", body: "b", author: "x" };
  return isAskedFor(
    job(1, repo, { request: { kind: "issue", issue, label } }),
    access,
    readOperatorConfig({}),
  );
}

test.each([
  ["plain", "ai-generate", true],
  ["plain", "ai-generate-not", false],
  ["plain", "AI-Generate", false],
  ["plain", "ai-generate ", false],
  ["plain", "аi-generate", false],
  ["plain", "ai-\u200bgenerate", false],
  ["plain", "bug", false],
  ["own", "draft me", true],
  ["own", "draft", false],
  ["own", "ai-generate", false],
  ["broken", "ai-generate", true],
  ["broken", "[", false],
])("in the repository %s the label %j asks for a draft: %s", async (repo, label, expected) => {
  expect(await asked(repo, label)).toBe(expected);
});
