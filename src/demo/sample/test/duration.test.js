import assert from "node:assert/strict";
import { test } from "node:test";
import { formatDuration, parseDuration } from "../src/duration.js";

test("one unit is read", () => {
  assert.equal(parseDuration("90s"), 90);
  assert.equal(parseDuration("2h"), 7200);
});

test("text around the duration does not matter", () => {
  assert.equal(parseDuration(" 5m "), 300);
});

test("what is no duration is refused", () => {
  assert.throws(() => parseDuration("soon"), TypeError);
});

test("seconds are written in the largest units", () => {
  assert.equal(formatDuration(5400), "1h30m");
  assert.equal(formatDuration(0), "0s");
});
