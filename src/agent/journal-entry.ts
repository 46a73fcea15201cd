import { z } from "zod";

/** The version of the lines below. A reader refuses a later one. */
export const journalVersion = 1;

const json = z.record(z.string(), z.unknown());
const usage = z.looseObject({
  input_tokens: z.number(),
  output_tokens: z.number(),
  cache_creation_input_tokens: z.number().nullish(),
  cache_read_input_tokens: z.number().nullish(),
});

/** One thing that happened in a run. */
const happening = z.discriminatedUnion("type", [
  /** What the run is: written by whoever starts it. */
  z.object({ type: z.literal("run"), header: json }),
  /** A message to the model. */
  z.object({ type: z.literal("sent"), text: z.string() }),
  /** A call of the model is about to be made. Without a `reply` or `lost` after it, its reply was lost. */
  z.object({
    type: z.literal("request"),
    model: z.string(),
    maxTokens: z.number(),
    /** How long the run had worked by then. */
    seconds: z.number().optional(),
  }),
  z.object({
    type: z.literal("reply"),
    message: z.object({
      id: z.string(),
      model: z.string(),
      content: z.array(z.looseObject({ type: z.string() })),
      stop_reason: z.string().nullable(),
      usage,
    }),
    /** The inputs of tool calls that were not JSON, as they came, by the call's id. */
    rawInputs: z.record(z.string(), z.string()).optional(),
  }),
  /** The reply broke off; what was set aside for it counts as spent. */
  z.object({ type: z.literal("lost") }),
  z.object({
    type: z.literal("tool"),
    id: z.string(),
    name: z.string(),
    input: z.unknown(),
    content: z.string(),
    isError: z.boolean(),
    /** False for a call that was answered with what is wrong with it. */
    ran: z.boolean(),
  }),
  z.object({ type: z.literal("event"), event: json }),
  z.object({ type: z.literal("verification"), verification: json }),
  /** How the model's work on one message ended: a `TurnEnd`. */
  z.object({ type: z.literal("end"), end: z.looseObject({ kind: z.string() }) }),
  /** How the run ended. */
  z.object({ type: z.literal("outcome"), outcome: json }),
]);

export type Happening = z.infer<typeof happening>;

/** One line of a journal. */
export const journalEntry = z.intersection(
  z.object({ v: z.literal(journalVersion), at: z.iso.datetime() }),
  happening,
);

export type JournalEntry = z.infer<typeof journalEntry>;
