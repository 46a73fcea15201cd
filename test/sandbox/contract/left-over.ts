import { randomUUID } from "node:crypto";
import { expect } from "@jest/globals";
import { openSandbox } from "../../../src/sandbox/open-sandbox.ts";
import { signalProcess } from "../../../src/sandbox/process-tree.ts";
import { processesWith } from "../processes.ts";
import { stageOf } from "../stage.ts";
import { controllerOf } from "./endings.ts";
import { beatsAgain, beatsOn, heartSeen } from "./heart.ts";
import type { Case, Provider } from "./provider.ts";

/** What an engine's containers promise besides: they are no children of ours, so they can be left over. */
export function leftOver(promise: Case, provider: Provider): void {
  const removeThoseOf = async (owner: string) =>
    (await openSandbox(provider.settings, owner)).removeLeftOver?.();

  promise(
    "what was left by a controller killed with all its processes goes at its owner's next start",
    async (stage) => {
      await using elsewhere = await stageOf(stage.sandbox);
      const owners = [randomUUID(), randomUUID()] as const;
      const folders = [stage.folder, elsewhere.folder] as const;
      for (const i of [0, 1] as const) {
        controllerOf(provider, folders[i], owners[i]);
        await heartSeen(folders[i]);
        const all = processesWith(folders[i]).map(Number);
        // Stopped first: else the one that minds the client's end may be quicker than its own.
        for (const pid of all) signalProcess(pid, "SIGSTOP");
        for (const pid of all) signalProcess(pid, "SIGKILL");
      }
      expect(await beatsAgain(stage.folder)).toBe(true);

      await removeThoseOf(owners[0]);
      expect(await beatsOn(stage.folder)).toBe(false);
      expect(await beatsAgain(elsewhere.folder)).toBe(true);
      await removeThoseOf(owners[1]);
      expect(await beatsOn(elsewhere.folder)).toBe(false);
    },
  );
}
