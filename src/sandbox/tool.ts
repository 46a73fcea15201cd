/** One call of a tool by the model. */
export interface ToolCall {
  readonly name: string;
  readonly input: unknown;
}

export interface ToolResult {
  readonly content: string;
  readonly isError: boolean;
}

/** The agent's hands: one process inside the sandbox for a whole run. */
export interface Toolbox extends AsyncDisposable {
  /** Never throws for what the model did wrong: that is a result with `isError`. */
  call(call: ToolCall, signal?: AbortSignal): Promise<ToolResult>;
  /** Ends every process inside, so that nothing changes the folder while it is read. The next call starts anew. */
  stop(): Promise<void>;
}
