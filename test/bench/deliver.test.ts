import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { expect, jest, test } from "@jest/globals";
import type { Answers } from "../../scripts/bench/deliver.ts";
import { patience } from "../helpers/until.ts";

jest.setTimeout(patience);

test("deliveries are sent when they are due though none before was answered, each with its own GUID and issue", async () => {
  const waiting: ServerResponse[] = [];
  const guids: unknown[] = [];
  const server = createServer((request, response) => {
    request.resume();
    guids.push(request.headers["x-github-delivery"]);
    // Nobody is answered before all have come: who waits for an answer never sends the second.
    if (waiting.push(response) < 20) return;
    for (const [index, one] of waiting.entries()) one.writeHead(index === 0 ? 500 : 200).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const child = spawn(process.execPath, ["scripts/bench/deliver.ts"], { stdio: ["pipe", "pipe", "inherit"] });
  const given = { url, secret: "s", event: "issues", payload: { issue: {} }, perSecond: 20, seconds: 1 };
  child.stdin.end(JSON.stringify(given));
  const answers = (await json(child.stdout)) as Answers;
  server.close();
  expect(answers.guids.toSorted()).toEqual(guids.toSorted());
  expect(new Set(guids).size).toBe(20);
  expect(answers.milliseconds).toHaveLength(20);
  expect(answers.statuses.filter((status) => status === 200)).toHaveLength(19);
  expect(answers.statuses.filter((status) => status === 500)).toHaveLength(1);
});
