import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

// The cases of SECURITY.md that a number can be put to, each by the tests that try to get through. One that fails got through.

interface Kind {
  readonly what: string;
  /** Files of tests, or folders of them. */
  readonly tests: readonly string[];
}

const kinds: readonly Kind[] = [
  {
    what: "escapes from the sandbox",
    tests: [
      ...["seccomp", "require-held", "open-sandbox", "outlet", "outlet-strangers", "quota"].map(inSandbox),
      ...["test/sandbox/contract/", "test/sandbox/engine/"],
      "test/security/neighbours.test.ts",
    ],
  },
  { what: "hidden texts that survive", tests: ["test/context/", "test/scenarios/hidden-text.test.ts"] },
  {
    what: "secrets that leave",
    tests: [
      ...["test/log/", "test/config/known-secrets.test.ts", "test/agent/journal.test.ts"],
      ...["test/scenarios/generated-text.test.ts", "test/scenarios/added-secrets.test.ts"],
      ...["test/scenarios/model-key.test.ts", "test/run/publish-file.test.ts"],
      ...["test/action/hostile.test.ts", "test/action/verify-hostile.test.ts"],
      ...["test/scenarios/command-line-secrets.test.ts", "test/security/verbose-log.test.ts"],
    ],
  },
  {
    what: "hostile git cases that do something",
    tests: ["hostile", "names", "checkout", "fetch-repository", "snapshot", "protected"].map(
      (name) => `test/workspace/${name}.test.ts`,
    ),
  },
  {
    what: "unauthorised triggers that run",
    tests: [
      ...["test/job/to-job.test.ts", "test/job/commands.test.ts", "test/github/permission.test.ts"],
      ...["test/run/admit.test.ts", "test/scenarios/who-may-ask.test.ts", "test/app/serve.test.ts"],
    ],
  },
  { what: "faults that the review's rules miss, or see in good code", tests: ["test/review/"] },
  { what: "invented packages that pass", tests: ["test/verify/dependencies/"] },
  { what: "everything at once", tests: ["test/security/everything-at-once.test.ts"] },
  {
    what: "forged evidence that is believed",
    tests: ["test/verify/tampering/", "test/verify/gates/"],
  },
];

function inSandbox(name: string): string {
  return `test/sandbox/${name}.test.ts`;
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "firstdraft-security-"));
const out = join(folder, "results.json");
const files = kinds.flatMap(({ tests }) => tests);
spawnSync("npm", ["test", "--", "--json", "--outputFile", out, ...files], {
  cwd: root,
  stdio: "inherit",
});
const { testResults } = JSON.parse(readFileSync(out, "utf8")) as Report;
rmSync(folder, { recursive: true });

let through = 0;
const rows = kinds.map(({ what, tests }) => {
  const of = testResults.filter(({ name }) => tests.some((path) => relative(root, name).startsWith(path)));
  const all = of.flatMap(({ assertionResults }) => assertionResults);
  // One that is skipped has shown nothing: a sandbox's, say, that this machine does not have.
  const cases = all.filter(({ status }) => status !== "pending");
  const failed = cases.filter(({ status }) => status === "failed").length;
  // A file that cannot be run shows nothing, and no case is none that is held.
  const broken =
    of.filter(({ assertionResults }) => assertionResults.length === 0).length + (of.length === 0 ? 1 : 0);
  through += failed + broken;
  const skipped = all.length - cases.length;
  const beside = [broken > 0 && ` ${broken} files did not run`, skipped > 0 && ` ${skipped} skipped`];
  return `| ${what} | ${failed} | ${cases.length} |${beside.filter(Boolean).join(",")}`;
});
console.log(["", "| what | got through | cases |", "|---|---|---|", ...rows].join("\n"));
process.exit(through === 0 ? 0 : 1);
