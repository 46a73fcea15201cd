import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type JournalEntry, journalEntry } from "../../src/agent/journal-entry.ts";
import { readOperatorConfig } from "../../src/config/operator-config.ts";
import { configPath } from "../../src/config/types.ts";
import { headerOf } from "../../src/run/record.ts";
import { recordedRequest, requestFor } from "../../src/run/request.ts";
import { type Fixture, fixture } from "../verify/repository.ts";

const asked = {
  issue: { number: 1, title: "t", body: "b", author: "ada" },
  ...{ guidance: null, feedback: [], nonce: "n0nce" },
};
const settings = (env: Record<string, string>) => readOperatorConfig({ HOME: "/nowhere", ...env });
const then = settings({ FIRSTDRAFT_MODEL: "then", FIRSTDRAFT_PRICE: "1/2", FIRSTDRAFT_MAX_USD: "3" });

let base: Fixture;
beforeAll(async () => {
  base = await fixture({ [configPath]: "test: make then\nlimits:\n  turns: 7\n" });
});
afterAll(() => base[Symbol.dispose]());

/** What the record of a run that began by `then` and had `model` begins with. */
async function recordOf(model: string, operator = then): Promise<readonly JournalEntry[]> {
  const request = await requestFor(asked, base.repository, operator);
  const header = headerOf(request, { dir: null, isPublic: false, model, operator });
  return [journalEntry.parse({ v: 1, at: "2026-11-25T10:00:00.000Z", type: "run", header })];
}

test.each([
  ["other settings", "test: make now\nmodel: now\nlimits:\n  turns: 3\n"],
  ["ones that cannot be read", "tset: make now\n"],
])(
  "a run goes on as it was asked for, though the repository has %s by now, and the operator too",
  async (_, config) => {
    const tip = { ...base.repository, tree: base.change({ [configPath]: config }) };
    const now = settings({ FIRSTDRAFT_MODEL: "now", FIRSTDRAFT_PRICE: "5/6", FIRSTDRAFT_MAX_USD: "9" });
    const resumed = await recordedRequest(tip, await recordOf("then"), now);
    expect(resumed?.request).toEqual(await requestFor(asked, base.repository, then));
    expect(resumed?.request).toMatchObject({
      config: { test: expect.anything() },
      limits: { usd: 3, turns: 7 },
    });
    expect(resumed?.operator).toEqual({ ...now, model: "then", price: then.price });
    expect(resumed?.isPublic).toBe(false);
  },
);

test("a run whose model had a list price does not go on at a price that was stated since", async () => {
  const record = await recordOf("claude-opus-5", settings({}));
  const resumed = await recordedRequest(base.repository, record, settings({ FIRSTDRAFT_PRICE: "5/6" }));
  expect(resumed?.operator.model).toBe("claude-opus-5");
  expect(resumed?.operator).not.toHaveProperty("price");
});

test("without a record, or without its commit, a run begins anew", async () => {
  const [run] = await recordOf("then");
  expect(await recordedRequest(base.repository, [], then)).toBeNull();
  const header = { ...(run?.type === "run" ? run.header : {}), commit: "1".repeat(40) };
  const gone = journalEntry.parse({ ...run, header });
  expect(await recordedRequest(base.repository, [gone], then)).toBeNull();
});

test("what a command asked for counts when the run goes on, its budget beyond the repository's own included", async () => {
  using small = await fixture({ [configPath]: "limits:\n  usd: 1\n" });
  const sha = small.repository.commit;
  const previous = { number: 1, commit: sha, base: sha, said: "s", patch: "p", later: [] };
  const options = { usd: 2.5, model: "claude-opus-5", keepTests: true };
  const wanted = { ...asked, guidance: "g", options, previous, revises: sha, replaces: sha };
  const request = await requestFor(wanted, small.repository, then);
  const header = headerOf(request, { dir: null, isPublic: false, model: "claude-opus-5", operator: then });
  const record = [journalEntry.parse({ v: 1, at: "2026-11-25T10:00:00.000Z", type: "run", header })];
  const resumed = await recordedRequest(small.repository, record, settings({ FIRSTDRAFT_MAX_USD: "2" }));
  expect(resumed?.request).toEqual({ ...request, config: { ...request.config, model: undefined } });
  expect(resumed?.request.limits.usd).toBe(2.5);
  expect(resumed?.operator.model).toBe("claude-opus-5");
});
