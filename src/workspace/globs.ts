import { minimatch } from "minimatch";

const matching = { dot: true, nocase: true, nonegate: true, nocomment: true } as const;

/** Whether a path matches one of the globs, or lies in a folder that does. */
export function underGlobs(globs: readonly string[]): (path: string) => boolean {
  const all = globs.flatMap((glob) => [glob, `${glob.replace(/\/+$/, "")}/**`]);
  return (path) => all.some((glob) => minimatch(path, glob, matching));
}
