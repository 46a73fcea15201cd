import { expect, jest, test } from "@jest/globals";
import { firstdraft } from "../helpers/command-line.ts";
import { patience } from "../helpers/until.ts";

jest.setTimeout(patience);

const commands = ["serve", "run", "local", "verify", "replay", "costs", "move", "doctor"];

test("every command explains itself", async () => {
  const all = await firstdraft(["--help"]);
  expect(all).toMatchObject({ code: 0, stderr: "" });
  for (const name of commands) expect(all.stdout).toMatch(new RegExp(`^  ${name} +\\w`, "m"));
  const each = await Promise.all(commands.map((name) => firstdraft([name, "--help"])));
  for (const [i, { code, stdout, stderr }] of each.entries()) {
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(new RegExp(`^firstdraft ${commands[i]}\\b`));
  }
});

const key = { ANTHROPIC_API_KEY: "not-a-key" };
const wrong: [string[], Record<string, string>, string][] = [
  [["paint"], {}, "There is no command paint."],
  [["run", "acme/sums#1", "--fast"], {}, "Unknown option '--fast'"],
  [["run"], {}, "It takes OWNER/REPO#NUMBER, and was given nothing."],
  [["run", "acme/sums#1"], key, "The environment variable GITHUB_TOKEN is not set."],
  [["run", "acme/sums#1"], { GITHUB_TOKEN: "x" }, "The environment variable ANTHROPIC_API_KEY is not set."],
  [["run", "sums#one"], { ...key, GITHUB_TOKEN: "x" }, '"sums#one" does not name an issue.'],
  [["local"], key, "The option --issue is missing."],
  [
    ["local", "--issue", "x"],
    { ...key, FIRSTDRAFT_MAX_USD_ISSUE: "3" },
    "FIRSTDRAFT_MAX_USD_ISSUE, FIRSTDRAFT_MAX_USD_REPOSITORY_DAY and FIRSTDRAFT_MAX_USD_INSTALLATION_MONTH are limits of the App's runs together, and cannot be held here.",
  ],
  [["serve"], { ...key, FIRSTDRAFT_MAX_USD_ISSUE: "-1" }, "The setting FIRSTDRAFT_MAX_USD_ISSUE has a value"],
  [["local", "--issue", "/no/such/file"], key, "The issue /no/such/file cannot be read: "],
  [["local", "--issue", "/etc/hostname", "--repo", "/"], key, "/ is not in a git repository."],
  [["verify", "--repo", "/"], {}, "The option --base is missing."],
  [["verify", "--repo", "/", "--base", "x"], {}, "/ is not in a git repository."],
  [["replay", "/no/such/journal"], {}, "The journal /no/such/journal cannot be read: "],
  [["serve"], {}, "The environment variable ANTHROPIC_API_KEY is not set."],
  [["serve"], key, "The environment variable APP_ID is not set, and the App cannot start without it."],
  [
    ["doctor"],
    { FIRSTDRAFT_MAX_USD: "lots" },
    "The setting FIRSTDRAFT_MAX_USD has a value that it cannot have.",
  ],
];

test.each(wrong)("%j: one sentence, what to do, exit code 2", async (args, env, sentence) => {
  const { code, stdout, stderr } = await firstdraft(args, env);
  expect(stderr).toContain(`firstdraft: ${sentence}`);
  expect(stderr.trim().split("\n")).toHaveLength(2);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test("without a command: the help, and exit code 2", async () => {
  expect(await firstdraft([])).toMatchObject({
    code: 2,
    stdout: expect.stringContaining("Usage: firstdraft"),
  });
});

test("doctor says what is missing, for a person and for a program", async () => {
  const lacking = await firstdraft(["doctor"]);
  expect(lacking.code).toBe(2);
  expect(lacking.stdout).toMatch(/^✗ ANTHROPIC_API_KEY +not set: /m);
  const complete = await firstdraft(["doctor", "--json"], key);
  const { ok, checks } = JSON.parse(complete.stdout);
  expect({ code: complete.code, ok }).toEqual({ code: 0, ok: true });
  expect(checks).toContainEqual(expect.objectContaining({ name: "sandbox", state: "ok" }));
  expect(checks).toContainEqual(
    expect.objectContaining({ name: "network of setup", detail: "registries, repository" }),
  );
  expect(complete.stdout + complete.stderr).not.toContain(key.ANTHROPIC_API_KEY);
  // A setting, not the machine.
  const imageless = await firstdraft(["doctor"], { ...key, FIRSTDRAFT_SANDBOX: "podman" });
  expect(imageless).toMatchObject({ code: 2, stdout: expect.stringContaining("no image was named") });
});
