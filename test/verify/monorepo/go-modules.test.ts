import { expect, test } from "@jest/globals";
import { openSandbox } from "../../../src/sandbox/open-sandbox.ts";
import { type Files, fixture } from "../repository.ts";
import { verifyChange } from "../verifying.ts";
import { inShort } from "./in-short.ts";
import { needs } from "./needs.ts";

const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
const module = (name: string) => `module example.com/${name}\n\ngo 1.19\n`;
const goTest = (name: string, call: string, expected: number) =>
  `package ${name}\n\nimport "testing"\n\nfunc Test${call.replace(/\W.*/, "")}(t *testing.T) {\n\tif got := ${call}; got != ${expected} {\n\t\tt.Errorf("%d", got)\n\t}\n}\n`;

const sums =
  "package sums\n\nfunc Add(a, b int) int { return a - b }\n\nfunc Double(a int) int { return a * 2 }\n";
const modules: Files = {
  "sums/go.mod": module("sums"),
  "sums/sums.go": sums,
  "sums/double_test.go": goTest("sums", "Double(2)", 4),
  "cart/go.mod": module("cart"),
  "cart/cart.go":
    'package cart\n\nimport "example.com/sums"\n\nfunc Pair(price int) int { return sums.Double(price) }\n',
  "cart/cart_test.go": goTest("cart", "Pair(3)", 6),
};
const added = { "sums/add_test.go": goTest("sums", "Add(1, 2)", 3) };
const states = (lines: readonly string[]) =>
  lines.map((line) => line.replace(/^.* (?=Test|cart: Test|sums: Test)/, ""));

needs("go", "version", "golang-go");

const workspace = { ...modules, "go.work": "go 1.19\n\nuse (\n\t./cart\n\t./sums\n)\n" };
const mended = { ...added, "sums/sums.go": sums.replace("a - b", "a + b") };

test("go.work: a change in one module is proved, and the module that uses it is tested too", async () => {
  using on = await fixture(workspace);
  const verification = await verifyChange(on, mended, { sandbox });
  expect(verification).toMatchObject({
    verdict: "verified",
    testCommand: "(cd sums && go test ./...) && (cd cart && go test ./...)",
  });
  expect(states(inShort(verification))).toEqual([
    "TestPair: passed passed passed",
    "TestAdd: absent failed passed",
    "TestDouble: passed passed passed",
  ]);
});

test("go.work: what breaks the module that uses it is seen", async () => {
  using on = await fixture(workspace);
  const breaking = { ...mended, "sums/sums.go": mended["sums/sums.go"].replace("a * 2", "4") };
  expect(await verifyChange(on, breaking, { sandbox })).toMatchObject({
    verdict: "failed",
    reason: "tests-broken",
  });
});

test("a second module below the first is tested by itself", async () => {
  using on = await fixture({
    "go.mod": module("shop"),
    "shop.go": "package shop\n\nfunc One() int { return 1 }\n",
    "shop_test.go": goTest("shop", "One()", 1),
    "tools/go.mod": module("tools"),
    "tools/tools.go": "package tools\n\nfunc Two() int { return 3 }\n",
  });
  const change = {
    "tools/tools.go": "package tools\n\nfunc Two() int { return 2 }\n",
    "tools/tools_test.go": goTest("tools", "Two()", 2),
  };
  const verification = await verifyChange(on, change, { sandbox });
  expect(verification).toMatchObject({ verdict: "verified", testCommand: "(cd tools && go test ./...)" });
  expect(verification.tests).toMatchObject([{ base: "absent", baseWithTests: "failed", head: "passed" }]);
});
