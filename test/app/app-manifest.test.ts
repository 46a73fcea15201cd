import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";

test("the App asks for what a run uses and nothing else", () => {
  const manifest = parse(readFileSync(new URL("../../app.yml", import.meta.url), "utf8"));
  expect(manifest.default_permissions).toEqual({
    metadata: "read",
    issues: "write",
    contents: "write",
    statuses: "read",
    actions: "read",
    pull_requests: "write",
    checks: "write",
  });
  expect(manifest.default_events).toEqual([
    ...["issues", "issue_comment", "pull_request_review", "check_suite", "status", "pull_request"],
  ]);
});
