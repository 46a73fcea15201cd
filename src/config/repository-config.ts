import { LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { Problem } from "../log/problem.ts";
import { lineOf } from "./line-of.ts";
import { nearest } from "./nearest.ts";
import { modelId, type RepositoryConfig } from "./types.ts";

const maxBytes = 64 * 1024;

const command = z.string().trim().min(1).max(2000);
const minutes = z
  .number()
  .positive()
  .max(24 * 60);

const limits = z.strictObject({
  usd: z.number().positive().optional(),
  turns: z.int().min(1).optional(),
  minutes: minutes.optional(),
  rounds: z.int().min(0).optional(),
  testMinutes: minutes.optional(),
  setupMinutes: minutes.optional(),
  hunkMinutes: z.number().min(0).max(60).optional(),
  lintMinutes: z.number().min(0).max(60).optional(),
  lines: z.int().min(1).optional(),
  attempts: z.int().min(1).optional(),
  ciRounds: z.int().min(0).optional(),
  ciMinutes: z.number().min(0).max(720).optional(),
});
const globs = z.array(z.string().trim().min(1).max(500)).max(200).default([]);
/** A name of at least two parts, the last of which is no number: no address, no `localhost`, no pattern. */
const hostName = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^(?!.*(^|\.)localhost$)([a-z\d_]([a-z\d_-]{0,61}[a-z\d_])?\.)+(?!\d+$|0x)[a-z\d-]*[a-z\d]$/);
const network = z.strictObject({
  allow: z.array(hostName).max(50).default([]),
  scripts: z.boolean().default(false),
});

const schema = z.strictObject({
  label: z.string().trim().min(1).max(50).optional(),
  model: z.string().regex(modelId).optional(),
  setup: command.nullable().optional(),
  test: command.optional(),
  report: z
    .string()
    // braces could hold what leads out of the repository as well
    .regex(/^(?!\/)(?!.*\.\.)(?!.*[{,(|]\/)[^\0\n]{1,500}$/)
    .optional(),
  tests: globs,
  limits: limits.default({}),
  protected: globs,
  allow: globs,
  exampleSecrets: globs,
  hiddenText: z.enum(["stop", "remove"]).default("stop"),
  secondLook: z.boolean().default(true),
  ready: z.enum(["never", "verified", "ci-green"]).default("never"),
  ask: z.enum(["never", "when-unclear", "always"]).default("when-unclear"),
  network: z.union([z.enum(["setup", "none"]), network]).default("setup"),
});

/** The keys that have keys of their own. */
const maps: Readonly<Record<string, z.ZodObject>> = { limits, network };

/** What each key takes, as its sentence says it. */
const allowed: Readonly<Record<string, string>> = {
  label: "the name of a label",
  model: "a model id",
  setup: "a shell command, or null for nothing to install",
  test: "a shell command",
  report: "a path in the repository",
  tests: 'a list of globs, e.g. ["checks/**"]',
  limits: "a map of limits, e.g. { usd: 1, minutes: 20 }",
  "limits.usd": "US dollars above 0",
  "limits.turns": "a whole number above 0",
  "limits.rounds": "a whole number, 0 or more",
  "limits.minutes": "minutes above 0",
  "limits.testMinutes": "minutes above 0",
  "limits.setupMinutes": "minutes above 0",
  "limits.hunkMinutes": "minutes from 0 to 60",
  "limits.lintMinutes": "minutes from 0 to 60",
  "limits.lines": "a whole number above 0",
  "limits.attempts": "a whole number above 0",
  "limits.ciRounds": "a whole number, 0 or more",
  "limits.ciMinutes": "minutes from 0 to 720",
  protected: 'a list of globs, e.g. ["migrations/**"]',
  allow: 'a list of globs, e.g. [".github/workflows/docs.yml"]',
  exampleSecrets: 'a list of globs, e.g. ["test/fixtures/**"]',
  hiddenText: "stop or remove",
  secondLook: "true or false",
  ready: "never, verified or ci-green",
  ask: "never, when-unclear or always",
  network: 'setup, none, or a map, e.g. { allow: ["downloads.example.org"] }',
  "network.allow": 'a list of names of hosts, no address, no pattern, e.g. ["downloads.example.org"]',
  "network.scripts": "true or false",
};

/**
 * Parses `.github/firstdraft.yml`; null (no such file) gives the defaults. `path` is for the sentence of the Problem that
 * is thrown for the first thing wrong, with its line.
 */
export function parseRepositoryConfig(text: string | null, path: string): RepositoryConfig {
  const invalid = (line: number, wrong: string, hint: string) =>
    new Problem("config-invalid", { path, line, wrong, hint });
  if (text !== null && Buffer.byteLength(text) > maxBytes)
    throw invalid(1, "the file is larger than 64 kB", "Shorten it");

  const lines = new LineCounter();
  const document = parseDocument(text ?? "", {
    lineCounter: lines,
    prettyErrors: false,
    schema: "core",
    logLevel: "error",
  });
  const broken = document.errors[0] ?? document.warnings[0];
  if (broken)
    throw invalid(lines.linePos(broken.pos[0]).line, complaint(broken.code), "Correct the YAML there");

  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    throw invalid(1, "it uses YAML anchors and aliases", "Write the values out");
  }
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data as RepositoryConfig;

  const issue = parsed.error.issues[0] as z.core.$ZodIssue;
  const place = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0] ?? "";
    const known = Object.keys((maps[place[0] ?? ""] ?? schema).shape);
    const close = nearest(key, known);
    const hint = close ? `Did you mean "${close}"?` : `The keys are ${known.join(", ")}`;
    throw invalid(lineOf(document, lines, [...place, key]), `"${shown([...place, key])}" is not a key`, hint);
  }
  if (place.length === 0)
    throw invalid(1, "it is not a map of keys", "Write one key on each line, e.g. test: npm test");
  const key = place.filter((part) => !/^\d+$/.test(part)).join(".");
  const line = lineOf(document, lines, place);
  throw invalid(
    line,
    `"${shown(place)}" has a value that it cannot have`,
    `It takes ${allowed[key] ?? "another value"}`,
  );
}

const shown = (place: readonly string[]) => JSON.stringify(place.join(".").slice(0, 80)).slice(1, -1);

function complaint(code: string): string {
  if (code === "TAG_RESOLVE_FAILED") return "it uses a YAML tag";
  if (code === "DUPLICATE_KEY") return "a key is there twice";
  return "it is not valid YAML";
}
