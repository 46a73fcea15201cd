import type { TurnEnd } from "./types.ts";

/** Why a session ended without the answer that it was asked for, as part of a sentence. */
export function whyNoAnswer(end: TurnEnd["kind"], answer: string): string {
  if (end === "budget") return "its part of the budget did not suffice";
  if (end === "api-error") return "the model's API failed";
  if (end === "declined") return "the model declined";
  return `it ended without ${answer}`;
}
