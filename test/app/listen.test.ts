import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { bodyLimit, listen } from "../../src/app/listen.ts";

test("many large bodies at once do not fill the memory, and what is of the usual size still comes through", async () => {
  const door = await listen({ host: "127.0.0.1", port: 0 }, async (_, response) => response.end("taken"));
  const status = async (body: string) => (await fetch(door.url, { method: "POST", body })).status;
  const large = "x".repeat(bodyLimit - 1);
  const unfinished: Socket[] = [];
  const sendMore = () => {
    const client = connect(Number(new URL(door.url).port), "127.0.0.1").on("error", () => undefined);
    client.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${bodyLimit}\r\n\r\n${large}`);
    unfinished.push(client);
  };
  for (let sent = 0; sent < 17; sent++) sendMore();
  /** What a large body is answered once that is `wanted`, or after a hundred of them. */
  const comesTo = async (wanted: number, meanwhile = () => {}): Promise<number> => {
    let last = await status(large);
    for (let tries = 0; tries < 100 && last !== wanted; tries++) {
      meanwhile();
      last = await delay(20).then(() => status(large));
    }
    return last;
  };
  try {
    // One that is asked while the others come in may have one of them refused in its place.
    expect(await comesTo(503, sendMore)).toBe(503);
    expect(await status("{}")).toBe(200);
    for (const client of unfinished) client.destroy();
    expect(await comesTo(200)).toBe(200);
  } finally {
    for (const client of unfinished) client.destroy();
    await door.close();
  }
});

test("a body that is too large is refused, whatever its length says", async () => {
  const door = await listen({ host: "127.0.0.1", port: 0 }, async (_, response) => response.end("taken"));
  const status = async (body: string | ReadableStream) =>
    (await fetch(door.url, { method: "POST", body, duplex: "half" } as RequestInit)).status;
  expect(await status("x".repeat(bodyLimit + 1))).toBe(413);
  expect(await status(new Blob(["x".repeat(bodyLimit + 1)]).stream())).toBe(413);
  expect(await status("x".repeat(bodyLimit))).toBe(200);
  await door.close();
});
