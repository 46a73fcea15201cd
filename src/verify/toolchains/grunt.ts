import { asRecord, type Look, readJson } from "../look.ts";
import { commandsOf, wordsOf } from "../runners/recognise.ts";
import { quoted } from "../runners/runner.ts";
import type { TestScript } from "./script-commands.ts";

const gruntfiles = ["Gruntfile.js", "gruntfile.js", "Gruntfile.cjs"];

/**
 * mocha as the Gruntfile's task for it would call it, where a script leaves its tests to grunt: beside browsers and linters,
 * and without a report of each test. null where it does not, or no such task can be read off the file.
 */
export async function mochaOfGrunt(look: Look, { script }: TestScript): Promise<TestScript | null> {
  const calls = commandsOf(script).some((command) => wordsOf(command.replace(/^npx\s+/, ""))[0] === "grunt");
  const path = gruntfiles.find((name) => look.paths.includes(name));
  if (!calls || path === undefined) return null;
  const task = taskIn((await look.read(path)) ?? "");
  const [, list = ""] = /\bsrc\s*:\s*(\[[^\]]*\]|["'][^"'\n]*["'])/.exec(task) ?? [];
  const files = stringsIn(list).filter((file) => !file.startsWith("!"));
  if (files.length === 0) return null;
  const [, milliseconds] = /\btimeout\s*:\s*(\d+)/.exec(task) ?? [];
  const [, needed = ""] = /\brequire\s*:\s*(\[[^\]]*\]|["'][^"'\n]*["'])/.exec(task) ?? [];
  const words = [
    ...stringsIn(needed).flatMap((module) => ["--require", module]),
    ...(milliseconds === undefined ? [] : ["--timeout", milliseconds]),
    // grunt ends when its tasks have, whatever is still open. Before 4, mocha did so by itself and knew no such flag.
    ...(/^\D*[0-3]\./.test(await mochaVersion(look)) ? [] : ["--exit"]),
    ...files,
  ];
  const test = `npx --no-install mocha ${words.map(quoted).join(" ")}`;
  return { runner: "mocha", test, testWithArguments: test, script: test };
}

async function mochaVersion(look: Look): Promise<string> {
  const { dependencies, devDependencies } = await readJson(look, "package.json");
  return String({ ...asRecord(dependencies), ...asRecord(devDependencies) }.mocha ?? "");
}

/** The text of the object that is the task's: up to the brace that closes it. */
function taskIn(text: string): string {
  const start = /\b(mochaTest|simplemocha|mochacli)["']?\s*:\s*\{/.exec(text);
  if (start === null) return "";
  const from = start.index + start[0].length;
  let depth = 1;
  let at = from;
  for (; at < text.length && depth > 0; at++) depth += { "{": 1, "}": -1 }[text[at] ?? ""] ?? 0;
  return text.slice(from, at);
}

const stringsIn = (list: string) => [...list.matchAll(/["']([^"'\n]+)["']/g)].map(([, one = ""]) => one);
