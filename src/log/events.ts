/** What happens in a run, told once: feeds screen, log, sticky comment and journal alike. */
export type RunEvent =
  | { readonly type: "step"; readonly step: Step; readonly detail?: string }
  | { readonly type: "model-turn"; readonly turn: number; readonly usd: number | null; readonly text: string }
  /** What one call of the model cost; `usd` is null where its price is unknown. */
  | {
      readonly type: "charged";
      readonly usd: number | null;
      readonly tokens: Readonly<Record<"input" | "output" | "cacheRead" | "cacheWrite", number>>;
    }
  | { readonly type: "tool"; readonly name: string; readonly summary: string; readonly isError: boolean }
  | {
      readonly type: "suite";
      readonly which: "base" | "baseWithTests" | "head";
      readonly passed: number;
      readonly failed: number;
      /** Files of tests that the run was limited to; without it, the whole suite. */
      readonly files?: number;
    }
  | { readonly type: "verdict"; readonly round: number; readonly verdict: string; readonly reason: string }
  /** What the run may spend at most, in US dollars. */
  | { readonly type: "limit"; readonly usd: number }
  | { readonly type: "notice"; readonly text: string };

/** The stages of a run, in their order. */
export type Step =
  | "fetching"
  | "considering"
  | "installing"
  | "reading"
  | "writing"
  | "verifying"
  | "looking"
  | "publishing"
  | "reporting";

export type Emit = (event: RunEvent) => void;
