/** What the Messages API is sent, as far as this server looks at it. */
export interface MessagesRequest {
  readonly model: string;
  readonly max_tokens: number;
  readonly stream?: boolean;
  readonly system?: string | readonly Block[];
  readonly tools?: readonly Block[];
  readonly messages: readonly { readonly role: string; readonly content: string | readonly Block[] }[];
}

export type Block = Readonly<Record<string, unknown>>;

export interface ScriptedCall {
  readonly name: string;
  readonly input?: unknown;
  /** Sent instead of `input`, as it is: for JSON that does not parse. */
  readonly rawInput?: string;
  readonly id?: string;
}

/** Token counts that replace the estimate. */
export interface ScriptedUsage {
  readonly input_tokens?: number;
  readonly output_tokens?: number;
  readonly cache_creation_input_tokens?: number;
  readonly cache_read_input_tokens?: number;
}

interface Ending {
  /** Default: `tool_use` where a tool is called, else `end_turn`. */
  readonly stop_reason?: string | null;
  readonly usage?: ScriptedUsage;
  readonly model?: string;
}

/** What the server answers to one request. */
export type ScriptedReply =
  | (Ending & { readonly text?: string; readonly tools?: readonly ScriptedCall[] })
  | (Ending & { readonly content: readonly Block[] })
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly error: { readonly type: string; readonly message: string; readonly details?: object };
    }
  /** The reply begins and the connection breaks in the middle of an event. */
  | { readonly cut: "mid-event" }
  /** The reply begins and never ends, until the client goes away. */
  | { readonly hang: true };

/** The replies in their order, or a function that is asked for each request; `index` counts from 0. */
export type Script =
  | readonly ScriptedReply[]
  | ((request: MessagesRequest, index: number) => ScriptedReply | Promise<ScriptedReply>);

/** The content blocks of a reply, and the inputs that are sent as they are. */
export function contentOf(
  reply: ScriptedReply,
  index: number,
): { content: Block[]; raw: Record<string, string> } {
  if ("content" in reply) return { content: [...reply.content], raw: {} };
  const content: Block[] = [];
  const raw: Record<string, string> = {};
  if ("text" in reply && reply.text !== undefined) content.push({ type: "text", text: reply.text });
  for (const [i, call] of ("tools" in reply ? (reply.tools ?? []) : []).entries()) {
    const id = call.id ?? `toolu_${String(index).padStart(4, "0")}_${i}`;
    content.push({ type: "tool_use", id, name: call.name, input: call.input ?? {} });
    if (call.rawInput !== undefined) raw[id] = call.rawInput;
  }
  return { content, raw };
}
