import type { Job } from "../job/job.ts";
import type { AboutRun } from "../log/log-lines.ts";
import { shownId } from "../report/pull-request/title.ts";
import { runId } from "../run/record.ts";

/** What each line of a job's run says of it. The whole id is nobody's to know. */
export const aboutRun = (job: Job): AboutRun => ({ run: runId(job).slice(0, shownId), job: job.key });
