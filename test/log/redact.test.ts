import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { createRedact } from "../../src/log/redact.ts";

const secret = "Zq7-fake_Canary.0123456789+abc/XYZ";
const redact = createRedact([
  secret,
  ["-----BEGIN RSA PRIVATE KEY-----", "MIIEowIBAAKCAQEAfakefakefake", "-----END RSA PRIVATE KEY-----"].join(
    "\n",
  ),
]);
const bytes = Buffer.from(secret);

test.each([
  ["plain", secret],
  ["inside a word", `x${secret}y`],
  ["base64", bytes.toString("base64")],
  ["base64 at another offset", Buffer.from(`a${secret}bc`).toString("base64")],
  ["base64url", bytes.toString("base64url")],
  ["hex", bytes.toString("hex")],
  ["upper-case hex", bytes.toString("hex").toUpperCase()],
  ["url-encoded", encodeURIComponent(secret)],
  ["reversed", [...secret].reverse().join("")],
  ["its first seven characters cut", secret.slice(7)],
  ["split by zero-width spaces", [...secret].join("\u200b")],
  ["split by tags and variation selectors", [...secret].join("\u{e0041}\ufe0f")],
  ["split by a terminal's colours", [...secret].join("\u001b[0m")],
  ["split by notes between lines", [...secret].join("\ufff9")],
  ["split by signs that join hieroglyphs", [...secret].join("\u{13430}")],
  ["split by a note head of no width", [...secret].join("\u{1d159}")],
  ["split by control characters", [...secret].join("\u0001")],
  ["as a link's address in a terminal", `\u001b]8;;${secret}\u0007here`],
  ["split in a link's address", `\u001b]8;;${[...secret].join("\u200b")}\u0007here`],
  ["a line of a key", "MIIEowIBAAKCAQEAfakefakefake"],
])("a known secret is taken out: %s", (_, text) => {
  const result = redact(`before ${text} after`);
  for (let i = 0; i + 12 <= text.length; i++) expect(result).not.toContain(text.slice(i, i + 12));
  expect(result).toMatch(/^before .*\[redacted\].* after$/);
  expect(redact.knows(`x ${text}`)).toBe(true);
});

test("a secret that is split is taken out beside one that is not, or that looks like one", () => {
  const split = [...secret].join("\u200b");
  for (const other of [secret, `ghp_${"a1B2".repeat(9)}`])
    expect(redact(`${other} and ${split}`)).toBe("[redacted] and [redacted]");
  // What splits the rest stays: without it a mention, a link or the end of a block of code would come about.
  const rest = "closes #\u200b999 @\u200bacme/all https:/\u2060/evil.example ``\ufe0f`";
  expect(redact(`${rest} ${split} ${rest}`)).toBe(`${rest} [redacted] ${rest}`);
  expect(redact("a \u001b[1mbold\u001b[0m word\u200b")).toBe("a \u001b[1mbold\u001b[0m word\u200b");
});

test.each([
  ["classic token", `ghp_${"a1B2".repeat(9)}`],
  ["installation token with a JWT", `ghs_123456_eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.${"s".repeat(30)}`],
  ["fine-grained token", `github_pat_${"A1".repeat(20)}`],
  ["model key", `sk-ant-api03-${"k".repeat(40)}`],
  ["AWS key id", "AKIAABCDEFGHIJKLMNOP"],
  ["JWT", `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${"x".repeat(20)}`],
  ["password in a URL", "https://user:hunter22@example.com/x"],
  ["authorization header", "authorization: Basic dXNlcjpwYXNzd29yZA=="],
])("a token of a well-known format is taken out: %s", (_, text) => {
  expect(createRedact([])(`x ${text} y`)).toContain("[redacted]");
  expect(redact.knows(text)).toBe(false);
});

test("ordinary text stays as it is, and redacting twice changes nothing", () => {
  const text =
    "See https://github.com/o/r/pull/12 and src/some/long-path/to_a_file.test.ts: 12345678901234567890";
  expect(redact(text)).toBe(text);
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const once = redact(a + secret + b);
      return redact(once) === once && !once.includes(secret);
    }),
  );
});

test("a key goes as far as its lines do, and what stands behind its first line alone stays", () => {
  const [first, last] = ["BEGIN", "END"].map((word) => `-----${word} RSA PRIVATE KEY-----`);
  const lines = `MIIEowIBAAKCAQEA${"k".repeat(48)}\n`.repeat(3);
  const clean = createRedact([]);
  for (const key of [
    `${first}\n${lines}${last}`,
    `"${first}\\n" +\n"MIIEowIB"`,
    `${first}\n${lines}`,
    `${first}`,
  ])
    expect(clean(`\`${key}\` and **Failed**: more`)).toMatch(/^`"?\[redacted\]` and \*\*Failed\*\*: more$/);
});

test("a secret of any characters is known whole, in a text of any length", () => {
  const odd = createRedact(["pa$$ word! {with} ünusual#signs"]);
  expect(odd("x pa$$ word! {with} ünusual#signs y")).toBe("x [redacted] y");
  expect(odd.knows("+const key = 'pa$$ word! {with} ünusual#signs';")).toBe(true);
  expect(odd("a word with signs")).toBe("a word with signs");
});

test.each(["eyJ-", "-eyJaaaaaaaaaa.", "-----BEGIN A", "a://b:", "authorization:  ", "gho_", "sk-"])(
  "a million characters of %j are read to their end: where time grew with their square, none would be",
  (unit) => {
    const token = `ghp_${"a".repeat(36)}`;
    expect(redact(`${unit.repeat(1_000_000 / unit.length)} ${token}`)).not.toContain(token);
  },
);
