import { expect, test } from "@jest/globals";
import { findingsList } from "../../src/report/findings-list.ts";
import { dependencyUnknown, type Finding, protectedPath } from "../../src/verify/types.ts";

const finding = (gate: string, weight: Finding["weight"] = "remark"): Finding => ({
  ...{ gate, weight, file: "package.json", line: 1, reason: `${gate} it is` },
});

test("a protected path is said first, then an unknown dependency, what blocks, doubtful dependencies, and the rest", () => {
  const list = findingsList([
    finding("lockfile"),
    finding("dependency-added"),
    finding("dependency-unchecked"),
    finding("dependency-near-name"),
    finding("dependency-young"),
    finding("test-deleted", "blocking"),
    finding(dependencyUnknown, "blocking"),
    finding(protectedPath),
  ]);
  expect([...list.matchAll(/: (\S+) it is/g)].map(([, gate]) => gate)).toEqual([
    protectedPath,
    dependencyUnknown,
    "test-deleted",
    "dependency-young",
    "dependency-near-name",
    "dependency-unchecked",
    "dependency-added",
    "lockfile",
  ]);
});

test("what a registry says stays text", () => {
  const reason =
    'The new dependency "@evil/x" (npm): licence ![x](https://evil.example/x.png) @acme/team fixes #1.';
  const list = findingsList([{ ...finding("dependency-added"), reason }]);
  expect(list).toContain("`https://evil.example/x.png`");
  expect(list).not.toContain("![x](");
  expect(list).toContain("`@acme/team`");
  expect(list).toContain("`#1`");
});
