import { expect, test } from "@jest/globals";
import { z } from "zod";
import { list, manyItems, someItems } from "../../src/run/draft-file/list.ts";
import { draftFile } from "../../src/run/draft-file/schema.ts";
import { changeLimits } from "../../src/workspace/snapshot.ts";
import { draftOf, verified } from "../helpers/verification.ts";

test("a list that is too long has none of its items read, and one with a bad item none after that", () => {
  let read = 0;
  const three = list(
    z.custom((value) => {
      read++;
      return value === 1;
    }),
    3,
  );
  const issuesOf = (value: unknown) => {
    read = 0;
    return { paths: three.safeParse(value).error?.issues.map(({ path }) => path) ?? null, read };
  };
  expect(issuesOf([1, 1, 1])).toEqual({ paths: null, read: 3 });
  expect(issuesOf([1, 1, 1, 1])).toEqual({ paths: [[]], read: 0 });
  expect(issuesOf([1, 2, 2])).toEqual({ paths: [[1]], read: 2 });
  expect(issuesOf({ length: 1, 0: 1 })).toEqual({ paths: [[]], read: 0 });
});

/** Where a file is refused of which `change` makes something else; each place once. */
function refusedAt(change: (result: ReturnType<typeof written>) => void) {
  const result = written();
  change(result);
  const { error } = draftFile.safeParse({ version: 1, run: "7", key: "acme/sums#1", result });
  return error?.issues.map(({ path }) => path.join(".")) ?? [];
}

function written() {
  const { verification, changes: _, ...account } = draftOf(verified());
  const { setupCommand: _setup, testCommand: _test, ...proof } = verification;
  const about = { base: "a".repeat(40), issueText: "0".repeat(64), sandbox: "bubblewrap" };
  const own = { revises: null, threads: [], files: [] as unknown };
  return { kind: "written", ...about, ...own, account, proof } as const;
}

test("every list of a file has an end, and of many bad items one is told", () => {
  const much = (items: number) => new Array(items).fill(0);
  expect(refusedAt(() => {})).toEqual([]);
  const files = (count: number) =>
    refusedAt((result) =>
      Object.assign(result, { files: new Array(count).fill({ path: "a", mode: "100644", content: "" }) }),
    );
  expect(files(changeLimits.files)).toEqual([]);
  expect(files(changeLimits.files + 1)).toEqual(["result.files"]);
  for (const [part, most] of [
    ["tests", manyItems],
    ["findings", someItems],
    ["linters", someItems],
  ] as const) {
    const put = (items: number) => refusedAt(({ proof }) => Object.assign(proof, { [part]: much(items) }));
    expect(put(most + 1)).toEqual([`result.proof.${part}`]);
    expect(put(most)).toEqual([`result.proof.${part}.0`]);
  }
  for (const part of ["tests", "only"] as const) {
    const put = (items: number) =>
      refusedAt(({ proof }) => Object.assign(proof.suites.head ?? {}, { [part]: much(items) }));
    expect(put(manyItems + 1)).toEqual([`result.proof.suites.head.${part}`]);
    expect(put(2)).toEqual([`result.proof.suites.head.${part}.0`]);
  }
  const threads = (items: number) => refusedAt((result) => Object.assign(result, { threads: much(items) }));
  expect(threads(someItems + 1)).toEqual(["result.threads"]);
  expect(threads(2)).toEqual(["result.threads.0"]);
  for (const part of ["notices", "seen"] as const) {
    const put = (items: number) =>
      refusedAt(({ account }) => Object.assign(account, { [part]: much(items) }));
    expect(put(someItems + 1)).toEqual([`result.account.${part}`]);
    expect(put(2)).toEqual([`result.account.${part}.0`]);
  }
});
