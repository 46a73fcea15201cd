/**
 * `value` as JSON, each of its texts and names redacted by itself: JSON's escapes would hide a secret, and what is taken out
 * of JSON as a whole may leave none.
 */
export function redactedJson(value: unknown, redact: (text: string) => string, indent?: number): string {
  const clean = (_: string, part: unknown) => {
    if (typeof part === "string") return redact(part);
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    // A model names what it gives to a tool as it likes.
    const names = Object.entries(part).map(([name, one]) => [
      name.length < shortest ? name : redact(name),
      one,
    ]);
    return Object.fromEntries(names);
  };
  return JSON.stringify(value, clean, indent);
}

/** Below this many characters nothing is a secret. */
const shortest = 12;
