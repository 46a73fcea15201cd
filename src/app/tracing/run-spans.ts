import {
  context,
  createContextKey,
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import type { Step } from "../../log/events.ts";
import { passes } from "../../log/problems.ts";
import type { Outcome } from "../../report/outcome.ts";
import { aboutRun } from "../about-run.ts";
import { endingOf } from "../ending.ts";
import type { Traced } from "./traced.ts";

/** Where a run is now; what begins meanwhile belongs to this span. */
interface Stage {
  step: Step | null;
  span: Span;
}

const stageKey = createContextKey("firstdraft.stage");

/** Contexts in which what has no span around it is of the run's present stage: stages are told, not entered. */
export class StageContexts extends AsyncLocalStorageContextManager {
  override active() {
    const held = super.active();
    const stage = held.getValue(stageKey) as Stage | undefined;
    return stage === undefined || trace.getSpan(held) ? held : trace.setSpan(held, stage.span);
  }
}

/** A span for each run, by the id that its log and its commit show, with one below it for each stage. No names. */
export const spansOf =
  (tracer: Tracer): Traced =>
  async (job, emit, work) => {
    const attributes = { "firstdraft.run.id": aboutRun(job).run, "firstdraft.request": job.request.kind };
    const whole = tracer.startSpan("firstdraft.run", { attributes }, ROOT_CONTEXT);
    const within = trace.setSpan(ROOT_CONTEXT, whole);
    const stage: Stage = { step: null, span: whole };
    const leave = () => {
      if (stage.step !== null) stage.span.end();
      Object.assign(stage, { step: null, span: whole });
    };
    const enter = (step: Step) => {
      leave();
      Object.assign(stage, { step, span: tracer.startSpan(`firstdraft.${step}`, {}, within) });
    };
    try {
      const outcome = await context.with(ROOT_CONTEXT.setValue(stageKey, stage), () =>
        work((event) => {
          if (event.type === "step" && event.step !== stage.step) enter(event.step);
          emit(event);
        }),
      );
      end(whole, outcome);
      return outcome;
    } catch (error) {
      whole.setAttribute("firstdraft.ending", "interrupted");
      throw error;
    } finally {
      leave();
      whole.end();
    }
  };

function end(span: Span, outcome: Outcome): void {
  span.setAttribute("firstdraft.ending", endingOf(outcome));
  if (outcome.kind !== "stopped") return;
  span.setAttribute("firstdraft.problem", outcome.code);
  if (passes(outcome.code)) span.setStatus({ code: SpanStatusCode.ERROR });
}
