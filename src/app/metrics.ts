import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Depth } from "../job/depth.ts";
import type { Count, Counted } from "../log/counts.ts";
import { inTime } from "./in-time.ts";

/** What is counted, for Prometheus. */
export interface Metrics {
  readonly count: Count;
  /** In Prometheus' text format. `depths`: what the queues hold now; what cannot be asked is left out. */
  page(depths: () => Promise<readonly Depth[]>): Promise<{ readonly type: string; readonly text: string }>;
}

/** Milliseconds in which the database says what it holds. */
const patience = 2000;

/** Each counter: its name, what it says, and what it is told apart by. */
const counters: Record<Counted, readonly [name: string, help: string, label?: string]> = {
  runs: ["runs_total", "Runs that have ended, by verdict or by what ended them instead", "ending"],
  dollars: ["dollars_total", "US dollars charged for calls of models whose price is known"],
  tokens: ["tokens_total", "Tokens charged for calls of the model", "kind"],
  "github-calls": ["github_calls_total", "Requests to GitHub's API, by the class of the answer", "status"],
  "model-calls": ["model_calls_total", "Requests to the model's API, by the answer", "status"],
  "sandbox-starts": ["sandbox_starts_total", "Commands started in the sandbox"],
};

/** Counters of this process. They begin anew with it, which Prometheus' `rate` and `increase` expect. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const made = Object.entries(counters).map(([what, [name, help, label]]) => {
    const labelNames = label === undefined ? [] : [label];
    return [
      what,
      { label, counter: new Counter({ name: `firstdraft_${name}`, help, labelNames, registers }) },
    ];
  });
  const known = Object.fromEntries(made) as Record<Counted, { label?: string; counter: Counter }>;
  const jobs = new Gauge({
    ...{ name: "firstdraft_queue_jobs", help: "Jobs that are not over, of all processes on this database" },
    ...{ labelNames: ["queue", "state"], registers },
  });
  const oldest = new Gauge({
    ...{ name: "firstdraft_queue_oldest_seconds", help: "Age of the oldest job that is not over" },
    ...{ labelNames: ["queue"], registers },
  });
  collectDefaultMetrics({ register: registry });

  return {
    count: (what, kind, by = 1) => {
      const { label, counter } = known[what];
      counter.inc(label === undefined ? {} : { [label]: kind ?? "" }, by);
    },
    page: async (depths) => {
      const now = await inTime(depths(), patience, "no answer").catch(() => []);
      jobs.reset();
      oldest.reset();
      for (const { queue, jobs: held, oldest: age } of now) {
        for (const [state, number] of Object.entries(held)) jobs.set({ queue, state }, number);
        oldest.set({ queue }, age);
      }
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}
