import { expect, test } from "@jest/globals";
import type { ScriptedReply } from "../../src/demo/messages-api.ts";
import { arrange } from "./setup.ts";

const error = (
  status: number,
  type: string,
  more: { message?: string; details?: object } = {},
): ScriptedReply => ({
  status,
  headers: { "retry-after-ms": "1" },
  error: { type, message: "because", ...more },
});

/** Requests that the server sees for one call: the SDK's two retries, never multiplied. */
test.each<[string, ScriptedReply, string, number]>([
  ["a wrong key", error(401, "authentication_error"), "key", 1],
  ["a key without the right", error(403, "permission_error"), "key", 1],
  ["a bad request", error(400, "invalid_request_error"), "request", 1],
  ["an unknown model", error(404, "not_found_error"), "request", 1],
  ["too many requests", error(429, "rate_limit_error"), "rate-limit", 3],
  ["an overloaded server", error(529, "overloaded_error"), "overloaded", 3],
  ["a server that is down", error(503, "api_error"), "overloaded", 3],
  ["a broken server", error(500, "api_error"), "overloaded", 3],
  ["no money", error(402, "billing_error"), "spend-limit", 1],
  [
    "the tier's spend limit",
    error(429, "rate_limit_error", { details: { error_code: "enforced_spend_limit_reached" } }),
    "spend-limit",
    1,
  ],
  [
    "one's own spend limit",
    error(400, "invalid_request_error", { message: "You have reached your specified API usage limits." }),
    "spend-limit",
    1,
  ],
])("%s", async (_, reply, problem, requests) => {
  await using run = await arrange({ script: () => reply });
  const end = await run.session.send("go");
  expect(end).toEqual({
    kind: "api-error",
    problem,
    status: "status" in reply ? reply.status : 0,
    message: expect.any(String),
  });
  expect(run.api.requests).toHaveLength(requests);
  expect(run.session.spent).toMatchObject({ usd: 0, turns: 0 });
});

test("a passing error is only a wait", async () => {
  await using run = await arrange({
    script: [error(529, "overloaded_error"), error(429, "rate_limit_error"), { text: "ok" }],
  });
  expect(await run.session.send("go")).toEqual({ kind: "done", text: "ok" });
});

test("no key", async () => {
  await using run = await arrange({ script: [{ text: "ok" }], apiKey: "" });
  expect(await run.session.send("go")).toMatchObject({ kind: "api-error", problem: "key", status: 401 });
});

test("no server", async () => {
  await using run = await arrange({ script: [], maxRetries: 0 });
  await run.api.close();
  const end = await run.session.send("go");
  expect(end).toEqual({
    kind: "api-error",
    problem: "unreachable",
    status: null,
    message: expect.stringContaining("ECONNREFUSED"),
  });
});

test("a reply that breaks off is asked for once more and charged", async () => {
  await using run = await arrange({ script: [{ cut: "mid-event" }, { text: "ok" }] });
  expect(await run.session.send("go")).toEqual({ kind: "done", text: "ok" });
  expect(run.api.requests).toHaveLength(2);
  expect(run.api.requests[1]?.raw).toBe(run.api.requests[0]?.raw);
  // 16,000 output tokens at $10 per million, at least.
  expect(run.session.spent).toMatchObject({ turns: 2, usd: expect.any(Number) });
  expect(run.session.spent.usd).toBeGreaterThan(0.16);
});

test("a second reply that breaks off ends it", async () => {
  await using run = await arrange({ script: () => ({ cut: "mid-event" }) });
  expect(await run.session.send("go")).toMatchObject({
    kind: "api-error",
    problem: "unreachable",
    status: null,
  });
  expect(run.api.requests).toHaveLength(2);
});
