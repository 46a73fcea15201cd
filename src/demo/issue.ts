/** The issue that the demo opens, as its form would have written it. */
export const issue = {
  title: "parseDuration drops everything but the last unit",
  body: `### Requirements

- \`parseDuration("1h30m")\` is 5400
- what \`formatDuration\` writes, \`parseDuration\` reads back

### Expected behaviour

Today \`parseDuration("1h30m")\` returns 1800: the hour is dropped without a word. It should add all the parts up.

### Example of input and output

\`\`\`text
1h30m   -> 5400
1d2h3m4s -> 93784
\`\`\`

### Reference files

src/duration.js, test/duration.test.js
`,
};

/** What the maintainer asks for after reading the first draft. */
export const guidance =
  "Refuse parts that are out of order or given twice, such as 30m1h or 1h1h, with a TypeError.";
