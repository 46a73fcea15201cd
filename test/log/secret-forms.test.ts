import { expect, test } from "@jest/globals";
import { createRedact } from "../../src/log/redact.ts";
import { secretForms } from "../../src/log/secret-forms.ts";

/** None stands here whole: whoever searches this file is to find nothing. */
const jwt = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0In0", "s".repeat(40)].join(".");
const forms: [rule: string, text: string][] = [
  ["github", `ghp_${"wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx"}`],
  ["github", `ghs_${"123456"}_${jwt}`],
  ["slack", `xoxb-${"123456789012"}-${"abcdefghijklmnopqrstuvwx"}`],
  ["npm", `npm_${"abcdefghijklmnopqrstuvwxyz0123456789"}`],
  ["gitlab", `glpat-${"abcdefghij0123456789"}`],
  ["anthropic", `sk-ant-api03-${"A".repeat(95)}`],
  ["database connection string", `postgres://app:${"pw12345678"}@db.acme.io:5432/shop`],
  ["basicauth", `https://app:${"pw12345678"}@shop.acme.io/x`],
  [
    "private key",
    ["-----BEGIN RSA PRIVATE KEY-----", "MIIEpAIBAAKCAQEA".repeat(8), "-----END RSA PRIVATE KEY-----"].join(
      "\n",
    ),
  ],
];

test.each(forms)("%s is found where it is, and redacted", (rule, value) => {
  const text = `// secretlint-disable\n${value}\n`;
  const found = secretForms(text);
  expect(found.map((form) => form.rule)).toContain(rule);
  for (const { start, end } of found) expect(value).toContain(text.slice(start, end));
  const redact = createRedact([]);
  expect(redact(text)).toContain("[redacted]");
  expect(redact(text)).not.toContain(value.slice(0, -1));
  expect(redact(redact(text))).toBe(redact(text));
});

test.each([
  "const url = 'postgres://postgres:postgres@localhost:5432/test';",
  "AKIAIOSFODNN7EXAMPLE",
  "const token = process.env.GITHUB_TOKEN;",
  "e83c5163316f89bfbde7d9ab23ca2e25604af290 sha512-dPnplMyjJYpVCJDNTjpUA8c/AfoHbWANJJJWKroK50DGGhAB4Oumzk==",
])("what is no secret is left alone: %s", (text) => {
  expect(secretForms(text)).toEqual([]);
});
