import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { type Look, lookAt } from "../verify/look.ts";
import type { VerifyOptions } from "../verify/options.ts";
import { findPlan } from "../verify/plan/find-plan.ts";
import { setupsOf } from "../verify/plan/plan.ts";
import { prepareCheckout } from "../verify/prepare/prepare-checkout.ts";
import { removeAll } from "../workspace/remove-all.ts";
import type { FileChange } from "../workspace/types.ts";
import type { Place } from "./run-linter.ts";

export interface Sides extends AsyncDisposable {
  /** null: its dependencies cannot be installed. */
  head(): Promise<Place | null>;
  base(): Promise<Place | null>;
}

/** Checkouts of both sides with their dependencies, each made when it is first asked for. */
export async function openSides(
  options: VerifyOptions,
  changes: readonly FileChange[],
  base: Look,
  content: string,
): Promise<Sides> {
  const { repository, sandbox, config, limits, baseTree, headTree, signal } = options;
  await mkdir(options.scratch, { recursive: true });
  const top = await mkdtemp(join(options.scratch, "lint-"));
  const changed = changes.map(({ path }) => path);
  const opened = new Map<string, Promise<Place | null>>();

  async function prepare(side: string, tree: string, look: Look, shown: string): Promise<Place | null> {
    const [folder, home] = [join(top, side, "workspace"), join(top, side, "home")];
    const { parts } = await findPlan(look, config, changed);
    const prepared = await prepareCheckout({
      ...{ ...options, tree, content: shown, folder, home, setups: setupsOf(parts) },
      ...{ network: config.network, setupMs: limits.setupMs, shares: true },
    });
    if (!prepared.ready) return null;
    return { sandbox, folder, home, ...(signal === undefined ? {} : { signal }) };
  }
  const once = (side: string, place: () => Promise<Place | null>) => {
    const known = opened.get(side) ?? place();
    opened.set(side, known);
    return known;
  };
  return {
    head: () =>
      once("head", async () => prepare("head", headTree, await lookAt(repository, headTree), content)),
    base: () => once("base", () => prepare("base", baseTree, base, baseTree)),
    [Symbol.asyncDispose]: () => removeAll(top),
  };
}
