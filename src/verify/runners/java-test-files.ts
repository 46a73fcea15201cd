import type { TestResult } from "../types.ts";
import { readJunit } from "./junit.ts";
import { declarations, type Reports, withoutDeclarations } from "./runner.ts";

/** Prints the sources of a JVM project. Its reports name classes, not files. */
export const listJavaSources = `
find . \\( -name node_modules -o -name target -o -name build -o -name .gradle \\) -prune -o -type f \\
  \\( -name '*.java' -o -name '*.kt' -o -name '*.groovy' -o -name '*.scala' \\) -print
`;

/** The tests in JUnit XML that Surefire, Failsafe or Gradle wrote below their modules, each with the file of its class. */
export function readJavaReports(reports: Reports): TestResult[] {
  const sources = (reports.get(declarations) ?? "").split("\n").map((path) => path.replace(/^\.\//, ""));
  return [...withoutDeclarations(reports)].flatMap(([path, xml]) => {
    const [, module = ""] = /^(.*?)\/?(?:target|build)\//.exec(path) ?? [];
    return readJunit(new Map([[path, xml]])).map((test) => ({
      ...test,
      file: test.file ?? sourceOf(test.name, sources, module),
    }));
  });
}

/** The one file that is named as the class of `a.b.CTest$Inner::works`, in the module that reported it. */
function sourceOf(name: string, sources: readonly string[], module: string): string | null {
  const [className = ""] = name.split("::");
  const stem = `/${className.replace(/\$.*$/, "").replaceAll(".", "/")}.`;
  const named = sources.filter((path) => `/${path}`.replace(/\.\w+$/, ".").endsWith(stem));
  const here = named.length > 1 ? named.filter((path) => path.startsWith(`${module}/src/`)) : named;
  return here.length === 1 ? (here[0] ?? null) : null;
}

/** The class that a test file declares, with its package where the file lies in the usual place: `a.b.CTest`. */
export function classIn(path: string): string | null {
  const [, inRoot, name] =
    /^(?:.*?\bsrc\/[^/]+\/(?:java|kotlin|groovy|scala)\/)?(.*\/)?([^/]+)\.(?:java|kt|groovy|scala)$/.exec(
      path,
    ) ?? [];
  if (name === undefined) return null;
  const isUsual = /\bsrc\/[^/]+\/(java|kotlin|groovy|scala)\//.test(path);
  return isUsual ? `${inRoot ?? ""}${name}`.replaceAll("/", ".") : name;
}
