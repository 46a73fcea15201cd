import { dirname, relative } from "node:path";

/** Prints where modules and tests are declared, as grep does: `./a/go.mod:module m/a`, `./a/b_test.go:func TestB`. */
export const listGoTests = `
find . \\( -name vendor -o -name node_modules -o -name testdata \\) -prune \\
  -o -name go.mod -exec grep -HE '^module' {} + \\
  -o -name '*_test.go' -exec grep -HEo '^func (Test|Example|Fuzz|Benchmark)[^(]*' {} +
`;

interface GoTestFiles {
  /** The one file of a package that declares a test, or the test that a sub-test belongs to. */
  of(packageName: string, test: string): string | undefined;
  inPackage(packageName: string): readonly string[];
}

/** Which file declares which test, by what `listGoTests` printed. */
export function filesOfGoTests(listing: string): GoTestFiles {
  const modules = new Map<string, string>();
  const declared: { file: string; test: string }[] = [];
  for (const line of listing.split("\n")) {
    const [, file, kind, name] = /^\.\/([^:]+):(module|func)\s+"?([^"\s]+)/.exec(line) ?? [];
    if (file === undefined || name === undefined) continue;
    if (kind === "module") modules.set(dirname(file), name);
    else declared.push({ file, test: name });
  }
  const byPackage = Map.groupBy(declared, ({ file }) => packageAt(dirname(file), modules));
  return {
    of: (packageName, test) => {
      const [top] = test.split("/");
      const files = (byPackage.get(packageName) ?? []).filter((one) => one.test === top);
      // One for each operating system, say: which of them was built is not known.
      return files.length === 1 ? files[0]?.file : undefined;
    },
    inPackage: (packageName) => [...new Set((byPackage.get(packageName) ?? []).map(({ file }) => file))],
  };
}

/** The import path of a folder: that of the nearest module above it, and the way down from there. */
function packageAt(folder: string, modules: ReadonlyMap<string, string>): string | undefined {
  for (let above = folder; ; above = dirname(above)) {
    const name = modules.get(above);
    if (name !== undefined) return [name, relative(above, folder)].filter(Boolean).join("/");
    if (above === ".") return undefined;
  }
}
