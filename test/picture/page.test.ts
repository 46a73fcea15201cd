import { expect, test } from "@jest/globals";
import { pageOf } from "../../scripts/picture/page.ts";
import { body } from "../../src/report/pull-request/body.ts";
import { verified } from "../helpers/verification.ts";
import { reportOf } from "../report/pull-request/report.ts";

test("a body looks as on GitHub: its table, its folds, and a warning that stands out", async () => {
  const page = await pageOf({
    ...{ number: 2, title: "[Verified] a < b", user: { login: "firstdraft[bot]" } },
    ...{ base: { ref: "main" }, head: { ref: "firstdraft/issue-12" } },
    body: body(reportOf(verified(), { sandbox: "none" })),
  });
  expect(page).toContain("<h1>[Verified] a &lt; b <span>#2</span></h1>");
  expect(page).toContain("<td>failed (assertion)</td>");
  expect(page).toMatch(/<details><summary>Requirements[^<]*<\/summary>\s*<ul>/);
  expect(page).toMatch(
    /<div class="markdown-alert markdown-alert-warning"><p class="markdown-alert-title">Warning<\/p><p>This run had/,
  );
  expect(page).not.toContain("[!WARNING]");
});
