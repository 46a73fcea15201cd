/** One reply of the model: what it says and the tools it calls. */
export interface RecordedReply {
  readonly text: string;
  readonly tools?: readonly { readonly name: string; readonly input: Readonly<Record<string, unknown>> }[];
}

const run = (command: string) => ({ name: "bash", input: { command } });
const edit = (file_path: string, old_string: string, new_string: string) => ({
  name: "edit",
  input: { file_path, old_string, new_string },
});

const imports = `import { formatDuration, parseDuration } from "../src/duration.js";
`;

const firstTests = `${imports}
test("all parts of a duration add up", () => {
  assert.equal(parseDuration("1h30m"), 5400);
  assert.equal(parseDuration("1d2h3m4s"), 93784);
});

test("what is written is read back", () => {
  for (const seconds of [0, 59, 5400, 93784]) {
    assert.equal(parseDuration(formatDuration(seconds)), seconds);
  }
});
`;

const oldParse = `  const match = /(\\d+)([dhms])$/.exec(text.trim());
  if (match === null) throw new TypeError(\`not a duration: \${text}\`);
  return Number(match[1]) * units[match[2]];
`;

const summing = `  const trimmed = text.trim();
  if (!/^(\\d+[dhms])+$/.test(trimmed)) throw new TypeError(\`not a duration: \${text}\`);
  let seconds = 0;
  for (const [, count, unit] of trimmed.matchAll(/(\\d+)([dhms])/g)) seconds += Number(count) * units[unit];
  return seconds;
`;

const ordered = `  const match = /^(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?$/.exec(text.trim());
  if (match === null || match[0] === "") throw new TypeError(\`not a duration: \${text}\`);
  return Object.values(units).reduce((seconds, size, i) => seconds + Number(match[i + 1] ?? 0) * size, 0);
`;

const look = run("cat AGENTS.md src/duration.js test/duration.test.js");

/** The first attempt, reply by reply. Written by hand: no live model was at hand. */
export const firstAttempt: readonly RecordedReply[] = [
  { text: "I'll read the conventions, the source and its tests first.", tools: [look] },
  {
    text: "The pattern is anchored at the end only, so it sees just the last part. A failing test first.",
    tools: [edit("test/duration.test.js", imports, firstTests), run("npm test 2>&1 | tail -n 30")],
  },
  {
    text: "It fails for the reason the issue names. Now the source.",
    tools: [edit("src/duration.js", oldParse, summing)],
  },
  { text: "The whole suite again.", tools: [run("npm test 2>&1 | tail -n 30")] },
  {
    text: `\`parseDuration\` matched only the last number and unit, so \`1h30m\` was read as 30 minutes. It now checks the whole text and adds all its parts up.

**Requirements**

- \`parseDuration("1h30m")\` is 5400 — all parts of a duration add up
- what \`formatDuration\` writes, \`parseDuration\` reads back — what is written is read back

**Assumptions**

- Text with anything else around the parts is refused; the old pattern accepted it silently.
- Parts may come in any order and more than once; the issue does not say otherwise.

**Not done**

- Nothing.`,
  },
];

/** The second attempt, after the maintainer's guidance. Written by hand too. */
export const secondAttempt: readonly RecordedReply[] = [
  { text: "I'll look at the source and its tests with the guidance in mind.", tools: [look] },
  {
    text: "Tests for the sums and for the refusals first.",
    tools: [
      edit(
        "test/duration.test.js",
        imports,
        `${firstTests}
test("parts out of order or given twice are refused", () => {
  assert.throws(() => parseDuration("30m1h"), TypeError);
  assert.throws(() => parseDuration("1h1h"), TypeError);
});
`,
      ),
      edit("src/duration.js", oldParse, ordered),
      run("npm test 2>&1 | tail -n 30"),
    ],
  },
  {
    text: `\`parseDuration\` now reads days, hours, minutes and seconds in that order, each at most once, and adds them up. \`30m1h\` and \`1h1h\` are refused with a \`TypeError\`, as asked.

**Requirements**

- \`parseDuration("1h30m")\` is 5400 — all parts of a duration add up
- what \`formatDuration\` writes, \`parseDuration\` reads back — what is written is read back
- parts out of order or given twice are refused with a \`TypeError\` — parts out of order or given twice are refused

**Assumptions**

- The order is the one that \`formatDuration\` writes: largest unit first.

**Not done**

- Nothing.`,
  },
];
