import { expect, test } from "@jest/globals";
import { createRedact } from "../../src/log/redact.ts";
import { redactedJson } from "../../src/log/redacted-json.ts";

test("a secret that JSON escapes is taken out, and what remains is JSON with all that stood behind it", () => {
  const secret = 'pa"ss\\word with a\ttab';
  const key = ["-----BEGIN RSA PRIVATE KEY-----", "MIIEpAIBAAKCAQEA"].join("\n");
  const value = { deep: [{ text: `x ${secret} y` }, { text: key }], count: 1, none: null, last: "last" };
  const json = redactedJson(value, createRedact([secret]));
  expect(JSON.parse(json)).toEqual({
    ...value,
    deep: [{ text: "x [redacted] y" }, { text: "[redacted]" }],
  });
});

test("a secret that is the name of something is taken out as well", () => {
  const secret = "Zq7-fake_Canary.0123456789";
  const json = redactedJson({ input: [{ [`x ${secret}`]: 1, kept: 2 }] }, createRedact([secret]));
  expect(JSON.parse(json)).toEqual({ input: [{ "x [redacted]": 1, kept: 2 }] });
});
