import type { TestResult } from "../types.ts";
import { type CargoPackages, listCargoPackages, packagesIn } from "./cargo-packages.ts";
import { commandsOf, wordsOf } from "./recognise.ts";
import { declarations, type Reports, type TestRunner, withoutDeclarations } from "./runner.ts";
import { cargoSummary } from "./summaries.ts";

/** cargo's own text, one `test a::b ... ok` a test; its JSON is not stable yet. */
export const cargo: TestRunner = {
  ask: (toolchain) => ({
    command: toolchain.test.replace(/\bcargo\s+test\b(?!.*--no-fail-fast)/, "cargo test --no-fail-fast"),
    env: { CARGO_TERM_COLOR: "never", CARGO_NET_OFFLINE: "true" },
  }),
  lists: listCargoPackages,
  only: ({ test }, files) => onlyTargets(test, files),
  readsOutput: true,
  summary: cargoSummary,
  read,
};

/** The command for the programs of tests that `files` are; null where they are none, or it has words for the tests themselves. */
export function onlyTargets(test: string, files: readonly string[]): string | null {
  const targets = files.map(targetOf);
  const last = wordsOf(commandsOf(test).at(-1) ?? "");
  // Tests inside of sources have no target of their own; what follows `--` is for the tests themselves.
  if (targets.includes(null) || last[0] !== "cargo" || last.includes("--")) return null;
  return `${test} ${[...new Set(targets)].map((name) => `--test ${name}`).join(" ")}`;
}

/** `median` for `tests/median.rs` and for `tests/median/main.rs`. */
function targetOf(path: string): string | null {
  return /(?:^|\/)tests\/([\w-]+)(?:\.rs|\/main\.rs)$/.exec(path)?.[1] ?? null;
}

/** What one program of tests printed. */
interface Program {
  /** Its source; null: documentation, whose tests say where they stand. */
  readonly file: string | null;
  /** The folder of its package. */
  readonly folder: string | undefined;
  readonly lines: string[];
}

function read(reports: Reports): TestResult[] {
  const packages = packagesIn(reports.get(declarations) ?? "");
  const text = [...withoutDeclarations(reports).values()].join("\n");
  return programsIn(text.split("\n"), packages).flatMap((program) => testsOf(program, packages));
}

function programsIn(lines: readonly string[], packages: CargoPackages): Program[] {
  const programs: Program[] = [];
  for (const line of lines) {
    const [, unit, source, crate] =
      /^\s*Running (unittests )?(\S+\.rs) \(\S*?([^/\\]+?)-[0-9a-f]+(?:\.exe)?\)$/.exec(line) ?? [];
    const [, documented] = /^\s*Doc-tests (\S+)$/.exec(line) ?? [];
    if (source === undefined && documented === undefined) {
      programs.at(-1)?.lines.push(line);
      continue;
    }
    // A package's own unit tests come first, so that its other programs belong to it.
    const named = documented ?? (unit === undefined ? undefined : crate);
    const folder = named === undefined ? programs.at(-1)?.folder : packages.folderOf(named);
    programs.push({
      file: source === undefined ? null : packages.pathOf(source, folder),
      folder,
      lines: [],
    });
  }
  return programs;
}

function testsOf({ file, folder, lines }: Program, packages: CargoPackages): TestResult[] {
  const panics = panicsIn(lines);
  return lines.flatMap((line): TestResult[] => {
    const [, name, end] = /^test (.+?)(?: - should panic)? \.\.\. (ok|FAILED|ignored)/.exec(line) ?? [];
    if (name === undefined) return [];
    const state = end === "ok" ? "passed" : end === "FAILED" ? "failed" : "skipped";
    // `src/lib.rs - median (line 7)`: lines move without anything else being different.
    const [, source, item] = (file === null ? /^(\S+\.\w+) - (.*)$/.exec(name) : null) ?? [];
    return [
      {
        name: item === undefined ? name : `doc-test ${item.replace(/ ?\(line \d+\)/, "")}`.trim(),
        file: source === undefined ? file : packages.pathOf(source, folder),
        state,
        ...(state === "failed" ? { message: panics.get(name)?.join("\n") ?? "" } : {}),
      },
    ];
  });
}

/** What stands below `---- name stdout ----`. */
function panicsIn(lines: readonly string[]): Map<string, string[]> {
  const panics = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of lines) {
    const [, name] = /^---- (.+) stdout ----$/.exec(line) ?? [];
    if (name !== undefined) {
      current = [];
      panics.set(name, current);
    } else if (line === "failures:") current = undefined;
    else current?.push(line);
  }
  return panics;
}
