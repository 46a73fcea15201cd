import type { BetaRunnableTool } from "@anthropic-ai/sdk/lib/tools/BetaRunnableTool";
import { ToolError } from "@anthropic-ai/sdk/lib/tools/ToolError";
import type { BetaMessage } from "@anthropic-ai/sdk/resources/beta/messages/messages";
import { z } from "zod";
import type { Toolbox } from "../sandbox/tool.ts";
import { callsOf } from "./history.ts";
import { nudges } from "./nudges.ts";
import type { RawInputs } from "./sse.ts";

/** A tool as the Messages API is told of it. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of an object. */
  readonly input_schema: object;
}

/** The toolbox as the SDK's tool runner wants it. */
export interface Hands {
  readonly tools: BetaRunnableTool[];
  /** What is wrong with the calls of a reply, by the call's id; such a call is answered with it and not run. */
  faults(message: BetaMessage, rawInputs: RawInputs): ReadonlyMap<string, string>;
  /** Throws what the toolbox threw: the SDK would tell it to the model, but it ends the run. */
  check(): void;
}

/** An input beyond this is a mistake: a reply has no room for it. */
const inputBytes = 1024 * 1024;

/** `redact` is applied to every result before the model, and so the journal, sees it. */
export function openHands(
  definitions: readonly ToolDefinition[],
  toolbox: Toolbox,
  redact: (text: string) => string,
): Hands {
  const schemas = new Map(definitions.map((tool) => [tool.name, inputSchema(tool)]));
  let faults: ReadonlyMap<string, string> = new Map();
  let broken: { readonly error: unknown } | null = null;
  let last: Promise<unknown> = Promise.resolve();

  // The SDK starts all calls of a reply at once; edits and a shell want them one after the other.
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };

  const tools = definitions.map(({ name, description, input_schema }): BetaRunnableTool => {
    return {
      name,
      description,
      input_schema: input_schema as { type: "object" },
      parse: (input) => input,
      run: (input, context) =>
        inOrder(async () => {
          const fault = faults.get(context?.toolUse.id ?? "");
          if (fault !== undefined) throw new ToolError(fault);
          const result = await toolbox.call({ name, input }, context?.signal ?? undefined).catch((error) => {
            broken ??= { error };
            throw error;
          });
          const content = redact(result.content) || nudges.noOutput;
          if (result.isError) throw new ToolError(content);
          return content;
        }),
    };
  });

  return {
    tools,
    faults(message, rawInputs) {
      const found = callsOf(message.content).flatMap(({ id, name, input }) => {
        const fault = faultOf(schemas.get(name), name, input, rawInputs[id]);
        return fault === null ? [] : [[id, fault] as const];
      });
      faults = new Map(found);
      return faults;
    },
    check() {
      if (broken) throw broken.error;
    },
  };
}

function inputSchema({ input_schema }: ToolDefinition): z.ZodType {
  return z.fromJSONSchema(input_schema as Parameters<typeof z.fromJSONSchema>[0]);
}

function faultOf(schema: z.ZodType | undefined, name: string, input: unknown, raw?: string): string | null {
  if (schema === undefined) return `There is no tool "${name}".`;
  if (raw !== undefined) return "The input of this call is not JSON. Nothing was run.";
  const bytes = Buffer.byteLength(JSON.stringify(input));
  if (bytes > inputBytes) return `The input has ${bytes} bytes; ${inputBytes} are allowed. Nothing was run.`;
  const { error } = schema.safeParse(input);
  return error ? `The input does not fit the tool. Nothing was run.\n${z.prettifyError(error)}` : null;
}
