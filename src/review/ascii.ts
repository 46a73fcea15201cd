const classes: Readonly<Record<string, string>> = { w: "A-Za-z0-9_", d: "0-9", s: " \\t\\r\\n" };

/**
 * A matcher with its regular expressions about ASCII alone, as names in code nearly always are: those for all of Unicode
 * take several times as long to compile, and they are compiled for each file.
 */
export function inAscii<T>(matcher: T): T {
  if (Array.isArray(matcher)) return matcher.map(inAscii) as T;
  if (typeof matcher !== "object" || matcher === null) return matcher;
  const entries = Object.entries(matcher).map(([key, value]) => [
    key,
    key === "regex" && typeof value === "string" ? asciiOf(value) : inAscii(value),
  ]);
  return Object.fromEntries(entries) as T;
}

function asciiOf(regex: string): string {
  let inClass = false;
  return regex.replace(/\\(.)|[[\]]/gs, (token, escaped: string | undefined) => {
    if (escaped === undefined) {
      inClass = token === "[";
      return token;
    }
    if (escaped === "b" && !inClass) return "(?-u:\\b)";
    const signs = classes[escaped];
    if (signs === undefined) return token;
    return inClass ? signs : `[${signs}]`;
  });
}
