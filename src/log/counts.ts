/** What is counted while the process works. */
export type Counted = "runs" | "dollars" | "tokens" | "github-calls" | "model-calls" | "sandbox-starts";

/** Adds `by` (default 1) to what is counted, under a word of ours or a status: never a name of a repository or a person. */
export type Count = (what: Counted, kind?: string, by?: number) => void;

export const noCount: Count = () => {};
