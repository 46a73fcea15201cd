import type { Job } from "../../job/job.ts";
import type { Emit } from "../../log/events.ts";
import type { Outcome } from "../../report/outcome.ts";

/** Does a run's work, and hears what is told of it meanwhile. */
export type Traced = (job: Job, emit: Emit, work: (emit: Emit) => Promise<Outcome>) => Promise<Outcome>;

/** For who sends no spans. */
export const untraced: Traced = (_job, emit, work) => work(emit);
