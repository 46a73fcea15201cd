import { z } from "zod";
import type { ToolDefinition } from "../agent/hands.ts";
import type { Toolbox } from "../sandbox/tool.ts";
import { type Assessment, assessment } from "./assessment.ts";

/** The tool by which the session that assesses a task says what it found. */
export const assessTool: ToolDefinition = {
  name: "assess",
  description: "Says what you found. A later call takes the place of an earlier one.",
  input_schema: z.toJSONSchema(assessment),
};

/** A toolbox that takes assessments, and hands every other call to `hands`. */
export interface AssessBox extends Toolbox {
  /** The last one; null: there was none. */
  readonly said: Assessment | null;
}

export function openAssessBox(hands: Toolbox | null): AssessBox {
  let said: Assessment | null = null;
  return {
    get said() {
      return said;
    },
    async call(call, signal) {
      if (call.name !== assessTool.name && hands !== null) return hands.call(call, signal);
      const parsed = assessment.safeParse(call.input);
      if (!parsed.success) return { content: z.prettifyError(parsed.error), isError: true };
      said = parsed.data;
      return { content: "Taken.", isError: false };
    },
    stop: async () => hands?.stop(),
    [Symbol.asyncDispose]: async () => hands?.[Symbol.asyncDispose](),
  };
}
