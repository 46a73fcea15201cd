const units = { d: 86400, h: 3600, m: 60, s: 1 };

/** Seconds of a duration such as `90s` or `2h`. */
export function parseDuration(text) {
  const match = /(\d+)([dhms])$/.exec(text.trim());
  if (match === null) throw new TypeError(`not a duration: ${text}`);
  return Number(match[1]) * units[match[2]];
}

/** The shortest text for a number of seconds. */
export function formatDuration(seconds) {
  const parts = [];
  let rest = seconds;
  for (const [unit, size] of Object.entries(units)) {
    if (rest >= size) parts.push(`${Math.floor(rest / size)}${unit}`);
    rest %= size;
  }
  return parts.join("") || "0s";
}
