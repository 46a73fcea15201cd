import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Serving, serve } from "../../src/app/serve.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { until } from "../helpers/until.ts";
import { remove } from "../job/stores.ts";
import { example, type GitHub, gitHub, options, post, sign } from "./door.ts";

const newSecret = randomBytes(24).toString("base64url");
const body = JSON.stringify(example("issues", "labeled"));
let github: GitHub;
let dir = "";
let app: Serving | undefined;
const stored: string[] = [];

beforeAll(async () => {
  [github, dir] = [await gitHub(), await dataFolder()];
});
afterAll(async () => {
  await app?.close();
  await github.close();
  remove(dir);
});

async function start(env: Record<string, string>): Promise<string> {
  await app?.close();
  const base = options(github, dir, {
    intake: async ({ deliveryId }) => {
      stored.push(deliveryId);
      return "refused";
    },
  });
  app = await serve({ ...base, env: { ...base.env, ...env } });
  return app.url;
}

const by = (secret: string, of = body) => ({ "x-hub-signature-256": sign(of, "sha256", secret) });

test("while a secret is rotated, a signature by either is taken, and none by another", async () => {
  const old = "the-secret-of-last-year";
  const url = await start({ WEBHOOK_SECRET: newSecret, WEBHOOK_SECRET_OLD: old });
  const status = async (headers: Record<string, string>, sent = body) =>
    (await post(url, "issues", sent, headers)).status;
  const [first, second] = [randomUUID(), randomUUID()];
  expect(await status({ ...by(old), "x-github-delivery": first })).toBe(200);
  expect(await status({ ...by(newSecret), "x-github-delivery": second })).toBe(200);
  await until("both are taken in", () => stored.length === 2);
  expect(stored.toSorted()).toEqual([first, second].toSorted());

  expect(await status(by("another"))).toBe(400);
  expect(await status(by(old, `${body} `))).toBe(400);
  expect(await status({ "x-hub-signature-256": sign(body, "sha1", old) })).toBe(400);
  expect(await status({ "x-hub-signature-256": "sha256=00" })).toBe(400);
  expect(await status({ "x-hub-signature-256": "" })).toBe(400);

  // Taken away, or empty, it no longer counts.
  for (const env of [{}, { WEBHOOK_SECRET_OLD: "" }]) {
    const again = await start({ WEBHOOK_SECRET: newSecret, ...env });
    expect((await post(again, "issues", body, by(old))).status).toBe(400);
    expect((await post(again, "issues", body, by(""))).status).toBe(400);
  }
  expect(stored).toHaveLength(2);
});
