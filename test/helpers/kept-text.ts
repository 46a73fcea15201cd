import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect } from "@jest/globals";

/**
 * Holds what people are shown against the Markdown that is kept at `path`, but for what differs from run to run. With
 * UPDATE_BODIES=1 it is written there: read it before you commit it.
 */
export function expectKept(path: string, text: string): void {
  const readable = `${lasting(text).trim()}\n`;
  if (process.env.UPDATE_BODIES === "1") {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, readable);
  }
  expect({ path, text: existsSync(path) ? readFileSync(path, "utf8") : "" }).toEqual({
    path,
    text: readable,
  });
}

/** Commits, times, money and addresses by what they are. Of hidden markers that they are there. */
function lasting(text: string): string {
  return text
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, "https://github.example")
    .replace(/<!-- (firstdraft:[a-z]+)[^>]*-->/g, "<!-- $1 … -->")
    .replace(/\b[0-9a-f]{40}\b/g, "<commit>")
    .replace(/\b[0-9a-f]{12}\b/g, "<id>")
    .replace(/\b[0-9a-f]{7}\b/g, "<id>")
    .replace(/\$\d+\.\d+/g, "$0.01")
    .replace(/(\| firstdraft \|) \d+/g, "$1 900")
    .replace(/[\d.]+k? tokens in, [\d.]+k? out/g, "1000 tokens in, 100 out")
    .replace(/\b\d+(\.\d+)? (s|ms|seconds)\b/g, "1 $2")
    .replace(/\b\d{4}-\d\d-\d\d(T[\d:.]+Z)?/g, "2026-01-01");
}
