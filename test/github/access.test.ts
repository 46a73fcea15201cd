import { expect, test } from "@jest/globals";
import { Octokit as RestOctokit } from "@octokit/rest";
import { ProbotOctokit } from "probot";
import type { Octokit } from "../../src/github/access.ts";

test("Probot's Octokit and @octokit/rest's both are what is asked for", () => {
  // The compiler is the test; that the parts are there at all is the run.
  const both: Octokit[] = [new RestOctokit(), new ProbotOctokit({ auth: { token: "t" } })];
  for (const octokit of both) {
    expect(octokit.rest.git.createTree).toBeInstanceOf(Function);
    expect(octokit.paginate).toBeInstanceOf(Function);
  }
});
