import { once } from "node:events";
import { expect } from "@jest/globals";
import { openToolbox } from "../../../src/sandbox/toolbox/open-toolbox.ts";
import { beatsOn, heart } from "./heart.ts";
import type { Case } from "./provider.ts";

/** A command that is spoken to, and the tools that are one. */
export function streams(promise: Case): void {
  promise(
    "a started command is spoken to over its streams, and ends when they do",
    async ({ sandbox, folder }) => {
      const script = "read a; echo \"got $a\"; echo 'not for you' >&2; cat; exit 5";
      const running = sandbox.start({ argv: ["bash", "-c", script], folder, timeoutMs: 60_000 });
      const said: Buffer[] = [];
      const complained: Buffer[] = [];
      running.stdout.on("data", (chunk: Buffer) => said.push(chunk));
      running.stderr.on("data", (chunk: Buffer) => complained.push(chunk));
      running.stdin.write("one\n");
      await once(running.stdout, "data");
      running.stdin.end("two\n");
      expect(await running.exited).toBe(5);
      expect(Buffer.concat(said).toString()).toBe("got one\ntwo\n");
      expect(Buffer.concat(complained).toString()).toBe("not for you\n");
    },
  );

  promise("a started command is killed with its tree", async ({ sandbox, folder }) => {
    const argv = ["bash", "-c", `${heart}; echo up; sleep 1000`] as const;
    const running = sandbox.start({ argv: [...argv], folder, timeoutMs: 60_000 });
    await once(running.stdout, "data");
    await running.kill();
    expect(await beatsOn(folder)).toBe(false);
  });

  promise("the agent's tools work", async ({ sandbox, folder }) => {
    await using toolbox = await openToolbox({ sandbox, folder });
    const call = (name: string, input: object) => toolbox.call({ name, input });
    expect(await call("write", { file_path: "a.txt", content: "one\ntwo\n" })).toMatchObject({
      isError: false,
    });
    expect(await call("bash", { command: "cd /workspace && export W=kept; cat a.txt" })).toMatchObject({
      content: "one\ntwo",
    });
    expect(await call("bash", { command: "echo $W" })).toMatchObject({ content: "kept" });
    expect((await call("read", { file_path: "/etc/shadow" })).isError).toBe(true);
    await toolbox.stop();
    expect((await call("read", { file_path: "a.txt" })).content).toContain("two");
  });
}
