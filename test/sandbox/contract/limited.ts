import { bubblewrap } from "../../../src/sandbox/bubblewrap.ts";
import { engineSandbox } from "../../../src/sandbox/engine/engine.ts";
import { openEngine } from "../../../src/sandbox/engine/open-engine.ts";
import { gvisor } from "../../../src/sandbox/gvisor.ts";
import type { Limits } from "../../../src/sandbox/limits.ts";
import { readMachine } from "../../../src/sandbox/machine.ts";
import type { Sandbox } from "../../../src/sandbox/sandbox.ts";
import type { Provider } from "./provider.ts";

/** The provider's sandbox with other limits than the machine's size gives it. */
export async function limited({ settings }: Provider, limits: Partial<Limits>): Promise<Sandbox> {
  const { provider, image } = settings;
  if (provider === "docker" || provider === "podman") {
    const { engine, path } = await openEngine(provider, image);
    return engineSandbox({ ...engine, limits: { ...engine.limits, ...limits } }, path);
  }
  const machine = await readMachine();
  const smaller = { ...machine, limits: { ...machine.limits, ...limits } };
  return provider === "gvisor" ? gvisor(smaller) : bubblewrap(smaller);
}
