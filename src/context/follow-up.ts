import type { Finding } from "../verify/types.ts";

/** What the model is told when it ended without a change. */
export const nothingChanged =
  "You ended, but no file in the repository has changed, so there is nothing to verify. Make the change with your tools, or say plainly why it must not be made.";

/** What the model is told when the controller's own verification does not hold, and of what review and linters find. */
export function tryAgain(feedback: string, found: readonly Finding[] = []): string {
  return `The tests were run from clean checkouts, at the base, at the base with only your tests, and with your whole change. That is not good enough yet:

${feedback}

Find the cause and mend it. At least one test has to fail without your change and pass with it, and nothing that passed before may fail. Do not weaken, skip or delete tests. ${found.length === 0 ? "" : `${foundBy(found)}\n\nThat is to be corrected too. `}End with the same summary as before, for the whole change.`;
}

/** What it is told when its change holds, and the review or the repository's own linters find something in it. */
export function correctRules(found: readonly Finding[]): string {
  return `The tests hold. ${foundBy(found)}

Correct each at its cause, with a test where one can show it, and keep what the tests show. Rules may be wrong: then leave the code as it is, and say why under Assumptions. End with the same summary as before, for the whole change.`;
}

/** What it is told when its change adds what has the form of a secret: nothing of that is published, whatever the tests show. */
export function takeOutSecrets(
  found: readonly { readonly file: string; readonly line: number | null; readonly rule: string }[],
): string {
  const places = found
    .slice(0, mostFound)
    .map(({ file, line, rule }) => `- ${file}${line === null ? "" : `:${line}`}: ${rule}`);
  return `Your change adds what has the form of a secret, by these rules:

${places.join("\n")}

Such a change is not published, and it was not tested. Take these values out: code reads a secret from its environment, and a test needs a value that nobody could take for a real one. Then end with the same summary as before, for the whole change.`;
}

/** More are told by none of the rounds: they stand in the pull request. */
const mostFound = 20;

function foundBy(found: readonly Finding[]): string {
  const byRules = found.filter(({ lint }) => lint === undefined);
  const byLinters = found.filter(({ lint }) => lint !== undefined);
  const parts = [
    { words: "A review by fixed rules found this in the lines that you added:", found: byRules },
    {
      words: "The repository's own linters complain about this, and did not before; do not silence them:",
      found: byLinters,
    },
  ];
  return parts
    .flatMap((part) => (part.found.length === 0 ? [] : [part.words, listed(part.found)]))
    .join("\n\n");
}

function listed(found: readonly Finding[]): string {
  const lines = found.slice(0, mostFound).map(({ file, line, reason, review }) => {
    const severity = review === undefined ? "" : `${review.severity}: `;
    return `- ${severity}${file}${line === null ? "" : `:${line}`}: ${reason}`;
  });
  return [...lines, ...(found.length > mostFound ? [`- and ${found.length - mostFound} more`] : [])].join(
    "\n",
  );
}
