/** What the model is told when it ended without a change. */
export const nothingChanged =
  "You ended, but no file in the repository has changed, so there is nothing to verify. Make the change with your tools, or say plainly why it must not be made.";

/** What the model is told when the controller's own verification does not hold. */
export function tryAgain(feedback: string): string {
  return `The tests were run from clean checkouts, at the base, at the base with only your tests, and with your whole change. That is not good enough yet:

${feedback}

Find the cause and mend it. At least one test has to fail without your change and pass with it, and nothing that passed before may fail. Do not weaken, skip or delete tests. End with the same summary as before, for the whole change.`;
}
