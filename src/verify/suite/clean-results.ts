import { join } from "node:path";
import { plain } from "../../log/plain.ts";
import type { TestResult } from "../types.ts";

const maxTests = 100_000;
const nameLength = 300;
const messageLines = 40;
const messageLength = 4_000;
/** Characters of a message that are looked at: a report may hold millions. */
const messageSearched = 200_000;

// Lines of a stack that lie in a runner or in node, and say nothing about the failure.
const foreignFrame = /^\s+at .*(\/node_modules\/|\(?node:|at new Promise \(<anonymous>\))/;

export interface CleanOptions {
  /** The checkout's path as the runner saw it. */
  readonly inside: string;
  /** Where the runner ran, relative to the checkout; default: at its root. */
  readonly folder?: string;
  /** The files of the checkout's tree. */
  readonly tracked?: ReadonlySet<string>;
  readonly redact: (text: string) => string;
}

/** Results as they may be shown and compared: names of one line, paths of the repository, short messages, no double. */
export function cleanResults(results: readonly TestResult[], options: CleanOptions): TestResult[] {
  const seen = new Map<string, number>();
  return results.slice(0, maxTests).map((result) => {
    const file = relativeFile(result.file, options);
    const plain = oneLine(
      result.scope === "file" && file !== null
        ? file
        : named(withoutFolder(result.name, options.inside), file, options),
    );
    const name = options.redact(plain).slice(0, nameLength);
    const key = `${file ?? ""}\0${name}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return {
      name: count === 1 ? name : `${name} (${count})`,
      file,
      state: result.state,
      ...(result.scope === undefined ? {} : { scope: result.scope }),
      ...(result.message === undefined ? {} : { message: shortText(result.message, options) }),
    };
  });
}

/** A name that stands in no file of its folder says the folder, since another one may have the same. */
function named(name: string, file: string | null, { folder = "" }: CleanOptions): string {
  return folder === "" || file !== null ? name : `${folder}: ${name}`;
}

/** The first lines of a failure, readable and redacted. */
function shortText(message: string, { inside, redact }: CleanOptions): string {
  const whole = plainText(message.slice(0, messageSearched)).split("\n");
  const lines = redact(
    withoutFolder(whole.filter((line) => !foreignFrame.test(line)).join("\n"), inside),
  ).split("\n");
  const first = lines.slice(0, messageLines).join("\n").slice(0, messageLength);
  return first.length < lines.join("\n").length ? `${first.trimEnd()}\n…` : first.trimEnd();
}

/** Text without terminal sequences and control characters, its lines kept. */
export function plainText(text: string): string {
  return plain(text).replaceAll(/[^\P{C}\n\t]/gu, "");
}

function oneLine(name: string): string {
  return plainText(name).replaceAll(/\s+/g, " ").trim() || "(no name)";
}

function withoutFolder(text: string, inside: string): string {
  return text.replaceAll(`file://${inside}/`, "").replaceAll(`${inside}/`, "");
}

/** `file` relative to the checkout; null where it lies outside. */
function relativeFile(file: string | null, options: CleanOptions): string | null {
  if (file === null) return null;
  const path = /^(file:\/)?\//.test(file) ? withoutFolder(file, options.inside) : fromFolder(file, options);
  return path.startsWith("/") || path.split("/").includes("..") ? null : oneLine(path).slice(0, nameLength);
}

/** A relative path is one from the runner's folder, or from the root where the runner found its configuration there. */
function fromFolder(file: string, { folder = "", tracked }: CleanOptions): string {
  const path = file.replace(/^\.\//, "");
  if (folder === "") return path;
  const joined = join(folder, path);
  return tracked?.has(path) && !tracked.has(joined) ? path : joined;
}
