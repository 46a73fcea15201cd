import { expect, test } from "@jest/globals";
import { createStages } from "../../src/app/stages.ts";
import { readOperatorConfig } from "../../src/config/operator-config.ts";
import { createRedact } from "../../src/log/redact.ts";
import type { House } from "../../src/run.ts";
import { openShop, repository } from "../github/shop.ts";
import { job } from "../job/triggers.ts";

test("a run that is given up is counted once, however often it takes to say so", async () => {
  await using shop = await openShop();
  const { number } = await shop.github.as("alice").openIssue("acme/shop", { title: "t", body: "b" });
  const counted: string[] = [];
  const house = {
    ...{ operator: readOperatorConfig({}), apiKey: "none", redact: createRedact([]) },
    count: (what: string, kind?: string) => void counted.push(`${what} ${kind}`),
  };
  const stages = createStages(house as unknown as House, () => {});
  const of = job(number, "shop", { key: `acme/shop#${number}`, repository });
  const failure = { stage: "run" as const, reason: "poison", signal: new AbortController().signal };
  for (let once = 0; once < 2; once++) {
    shop.github.fail({ method: "POST", path: /\/comments$/, status: 403, body: { message: "no" } });
    await expect(stages.failed(of, shop.access, failure)).rejects.toThrow();
  }
  await stages.failed(of, shop.access, failure);
  expect(counted).toEqual(["runs given-up"]);
});
