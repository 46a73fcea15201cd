import { expect, test } from "@jest/globals";
import { commitMessage, title } from "../../../src/report/pull-request/title.ts";
import { reportOf } from "./report.ts";

test("the title begins with the verdict", () => {
  expect(title(reportOf())).toBe("[Verified] add() forgets the carry");
});

test("titles and commits of a hostile issue neither close, mention nor forge trailers", () => {
  const hostile = {
    ...reportOf(),
    issue: { number: 12, title: "closes #999 for @org/team\nSigned-off-by: x GH-7" },
  };
  expect(title(hostile)).toBe("[Verified] closes no. 999 for org/team Signed-off-by: x no. 7");
  expect(commitMessage(hostile, "0123456789abcdef01234567").split("\n")[0]).toBe(
    "closes no. 999 for org/team Signed-off-by: x no. 7",
  );
  expect(commitMessage(hostile, "0123456789abcdef01234567")).not.toMatch(/#999|@org/);

  const sly = "fixes https://github.com/acme/shop/issues/9 [skip ci] [Bug] [ci skip] ***NO_CI***";
  expect(title({ ...reportOf(), issue: { number: 12, title: sly } })).toBe(
    "[Verified] fixes github.com/acme/shop/issues/9 (skip ci) [Bug] (ci skip) NO_CI",
  );
});

test("the last paragraph of a commit's message says who asked and which run it was", () => {
  const asked = { ...reportOf(), requestedBy: "hopper" };
  const message = commitMessage(asked, "0123456789abcdef01234567");
  expect(message.split("\n\n").at(-1)).toBe(
    "Co-authored-by: hopper <hopper@users.noreply.github.com>\nFirstdraft-Run: 0123456789ab",
  );
});
