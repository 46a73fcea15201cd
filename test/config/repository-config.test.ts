import { expect, test } from "@jest/globals";
import { parseRepositoryConfig } from "../../src/config/repository-config.ts";
import { Problem } from "../../src/log/problem.ts";

const path = ".github/firstdraft.yml";
const defaults = {
  tests: [],
  limits: {},
  protected: [],
  allow: [],
  exampleSecrets: [],
  hiddenText: "stop",
  secondLook: true,
  ask: "when-unclear",
  ready: "never",
  network: "setup",
};

test.each([null, "", "# nothing but a comment\n", "{}\n"])("%j gives the defaults", (text) => {
  expect(parseRepositoryConfig(text, path)).toEqual(defaults);
});

test("every key is read", () => {
  const text = `label: draft-please
model: claude-sonnet-5-5
setup: npm ci
test: |
  npm test
report: build/junit.xml
tests: ["checks/**"]
limits: { usd: 1, turns: 40, minutes: 20, rounds: 2, testMinutes: 5, setupMinutes: 5, hunkMinutes: 1, lintMinutes: 0.5, lines: 200 }
protected: ["migrations/**"]
allow: [".github/workflows/docs.yml"]
exampleSecrets: [test/fixtures/**]
hiddenText: remove
secondLook: false
ask: always
ready: ci-green
network: none
`;
  expect(parseRepositoryConfig(text, path)).toEqual({
    label: "draft-please",
    model: "claude-sonnet-5-5",
    setup: "npm ci",
    test: "npm test",
    report: "build/junit.xml",
    tests: ["checks/**"],
    limits: {
      usd: 1,
      turns: 40,
      minutes: 20,
      rounds: 2,
      testMinutes: 5,
      setupMinutes: 5,
      hunkMinutes: 1,
      lintMinutes: 0.5,
      lines: 200,
    },
    protected: ["migrations/**"],
    allow: [".github/workflows/docs.yml"],
    exampleSecrets: ["test/fixtures/**"],
    hiddenText: "remove",
    secondLook: false,
    ask: "always",
    ready: "ci-green",
    network: "none",
  });
});

test("the network of setup may be a map", () => {
  const networkOf = (text: string) => parseRepositoryConfig(`network: ${text}\n`, path).network;
  expect(networkOf("setup")).toBe("setup");
  expect(networkOf("{ allow: [Downloads.Example.org, a-b.example] }")).toEqual({
    ...{ allow: ["downloads.example.org", "a-b.example"], scripts: false },
  });
  expect(networkOf("{ scripts: true }")).toEqual({ allow: [], scripts: true });
});

test("null says that there is nothing to install", () => {
  expect(parseRepositoryConfig("setup: null\n", path).setup).toBeNull();
  expect(parseRepositoryConfig("setup:\n", path).setup).toBeNull();
});

test.each([
  ["tset: npm test\n", 1, '"tset" is not a key', 'Did you mean "test"?'],
  ["# x\n\nTest: npm test\n", 3, '"Test" is not a key', 'Did you mean "test"?'],
  [
    "test: x\nlimits:\n  turns: 3\n  test_minutes: 3\n",
    4,
    '"limits.test_minutes" is not a key',
    '"testMinutes"?',
  ],
  ["banana: 1\n", 1, '"banana" is not a key', "The keys are label, model, setup, test"],
  ["__proto__: { label: x }\n", 1, '"__proto__" is not a key', "The keys are"],
  ["test: x\nlimits: { usd: cheap }\n", 2, '"limits.usd"', "It takes US dollars above 0."],
  ["limits:\n  turns: 1\n  usd: -1\n", 3, '"limits.usd"', "It takes US dollars above 0."],
  ["limits: 3\n", 1, '"limits"', "It takes a map of limits"],
  ["test: [npm, test]\n", 1, '"test"', "It takes a shell command."],
  ["test: 12\n", 1, '"test"', "It takes a shell command."],
  ["protected:\n  - a\n  - 3\n", 3, '"protected.1"', "It takes a list of globs"],
  ["network: always\n", 1, '"network"', "It takes setup, none, or a map"],
  ["network: { allow: [10.1.2.3] }\n", 1, '"network', "no address, no pattern"],
  ["network: { allow: ['[::1]'] }\n", 1, '"network', "no address, no pattern"],
  ["network: { allow: [0x7f.1] }\n", 1, '"network', "no address, no pattern"],
  ["network: { allow: [localhost] }\n", 1, '"network', "no address, no pattern"],
  ["network: { allow: [a.localhost] }\n", 1, '"network', "no address, no pattern"],
  ["network: { allow: ['*.example.org'] }\n", 1, '"network', "no address, no pattern"],
  ["network: { allow: ['a.example:22'] }\n", 1, '"network', "no address, no pattern"],
  ["network: { allow: [https://a.example] }\n", 1, '"network', "no address, no pattern"],
  ["network: { allow: [registries] }\n", 1, '"network', "no address, no pattern"],
  ["network: { hosts: [] }\n", 1, '"network', "The keys are allow, scripts"],
  ["report: ../../etc/passwd\n", 1, '"report"', "It takes a path in the repository."],
  ['report: "{..,a}/*.xml"\n', 1, '"report"', "It takes a path in the repository."],
  ['report: "{/etc,a}/*.xml"\n', 1, '"report"', "It takes a path in the repository."],
  ["report: /etc/passwd\n", 1, '"report"', "It takes a path in the repository."],
  ["- test\n", 1, "not a map of keys", "one key on each line"],
  ["just words\n", 1, "not a map of keys", "one key on each line"],
  ["test: x\ntest: y\n", 2, "a key is there twice", "Correct the YAML there."],
  ["test: x\nprotected: [a\n", 3, "not valid YAML", "Correct the YAML there."],
  ["test: !!js/function 'x'\n", 1, "it uses a YAML tag", "Correct the YAML there."],
  ["test: x\nsetup: !evil y\n", 2, "it uses a YAML tag", "Correct the YAML there."],
  ["a: &a [x, x]\nprotected: *a\n", 1, "anchors and aliases", "Write the values out."],
  ["test: a\n---\ntest: b\n", 2, "not valid YAML", "Correct the YAML there."],
])("%j is answered with its line and a hint", (text, line, wrong, hint) => {
  const problem = problemOf(text);

  expect(problem.code).toBe("config-invalid");
  expect(problem.what).toContain(`${path}, line ${line}: `);
  expect(problem.what).toContain(wrong);
  expect(problem.fix).toContain(hint);
});

test("an alias bomb and a file that is too large end at once", () => {
  const level = (n: number) =>
    `l${n}: &l${n} [${Array(9)
      .fill(`*l${n - 1}`)
      .join(", ")}]\n`;
  const bomb = `l0: &l0 [x]\n${Array.from({ length: 12 }, (_, i) => level(i + 1)).join("")}`;

  expect(problemOf(bomb).what).toContain("anchors and aliases");
  expect(problemOf(`test: ${"x".repeat(70_000)}\n`).what).toContain("larger than 64 kB");
});

function problemOf(text: string): Problem {
  try {
    parseRepositoryConfig(text, path);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
