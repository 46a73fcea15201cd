import type { TestResult } from "../types.ts";

/** Prints where the tests of GoogleTest are declared: `./test/a.cc:TEST(Suite, Name`. */
export const listGoogleTests = `
grep -rHoE --include='*.c' --include='*.cc' --include='*.cpp' --include='*.cxx' \\
  '^ *(TYPED_)?TEST(_F|_P)?\\([A-Za-z0-9_]+, *[A-Za-z0-9_]+' .
`;

/** `tests` with the files that declare them, by what `listGoogleTests` printed: of a crash no report says it. */
export function withFiles(tests: readonly TestResult[], listing: string): TestResult[] {
  const declared = listing.split("\n").flatMap((line) => {
    const { file, suite, name } =
      /^\.\/(?<file>[^:]+):.*\((?<suite>\w+), *(?<name>\w+)$/.exec(line)?.groups ?? {};
    return file === undefined ? [] : [{ file, test: `${suite}.${name}` }];
  });
  const places = Map.groupBy(declared, ({ test }) => test);
  return tests.map((test) => {
    // `Prefix/Suite.Name/0` of a test with parameters, `Suite/0.Name` of one with types.
    const name = test.name.replace(/^(?:\w+\/)?(\w+)(?:\/\w+)?\.(\w+)(?:\/.*)?$/, "$1.$2");
    const [only, ...others] = places.get(name) ?? [];
    return only === undefined || others.length > 0 ? test : { ...test, file: only.file };
  });
}

const mark = /^\[ (?<word>RUN {5}| {6}OK| {2}FAILED) \] (?<name>\S+)/;
const longest = 60;

/**
 * The tests of a GoogleTest program by what it prints of them as it goes: one that began and did not come to its end is
 * what the program died of.
 */
export function readGoogle(output: string): TestResult[] {
  const tests = new Map<string, TestResult>();
  let running: { readonly name: string; readonly lines: string[] } | undefined;
  for (const line of output.split(/\r?\n/)) {
    const { word, name = "" } = mark.exec(line)?.groups ?? {};
    if (word?.startsWith("RUN")) running = { name, lines: [] };
    else if (running !== undefined && word !== undefined && name.replace(/,$/, "") === running.name) {
      const failed = word.endsWith("FAILED");
      tests.set(running.name, ended(running.name, failed ? running.lines : null));
      running = undefined;
    } else if (running !== undefined && running.lines.length < longest) running.lines.push(line);
  }
  if (running !== undefined) tests.set(running.name, ended(running.name, ["It crashed.", ...running.lines]));
  return [...tests.values()];
}

function ended(name: string, failure: readonly string[] | null): TestResult {
  return {
    ...{ name, file: null, state: failure === null ? "passed" : "failed" },
    ...(failure === null ? {} : { message: failure.join("\n") }),
  };
}
