import { z } from "zod";
import type { ToolDefinition } from "../agent/hands.ts";
import type { Toolbox } from "../sandbox/tool.ts";

/** How many remarks one report may have. */
const mostRemarks = 20;

const remark = z.strictObject({
  kind: z.enum(["security", "missing"]),
  severity: z.enum(["high", "medium", "low"]),
  /** For `security`: where. */
  file: z.string().max(500).optional(),
  line: z.int().min(1).optional(),
  /** For `missing`: the issue's own words. */
  quote: z.string().max(300).optional(),
  problem: z.string().min(1).max(500),
});

/** What the second session remarks on, as it says it: nothing of it is believed before `pointed` has looked. */
export type Remark = z.infer<typeof remark>;

const report = z.strictObject({ remarks: z.array(remark).max(mostRemarks) });

/** The one tool of the second session. */
export const reportTool: ToolDefinition = {
  name: "report",
  description: `Reports what you found; an empty list if there is nothing. A later call takes the place of an earlier one. At most ${mostRemarks} remarks.`,
  input_schema: z.toJSONSchema(report),
};

/** A toolbox that only takes reports: it touches nothing. */
export interface ReportBox extends Toolbox {
  /** The last report; null: there was none. */
  readonly remarks: readonly Remark[] | null;
  /** Forgets it. */
  clear(): void;
}

export function openReportBox(): ReportBox {
  let remarks: readonly Remark[] | null = null;
  return {
    get remarks() {
      return remarks;
    },
    clear() {
      remarks = null;
    },
    async call({ input }) {
      const parsed = report.safeParse(input);
      if (!parsed.success) return { content: z.prettifyError(parsed.error), isError: true };
      remarks = parsed.data.remarks;
      return { content: "Taken.", isError: false };
    },
    async stop() {},
    async [Symbol.asyncDispose]() {},
  };
}
