import { basename, dirname } from "node:path";
import type { Finding } from "../types.ts";
import type { GateInput } from "./gate.ts";

const built =
  /(^|\/)(dist|node_modules|bower_components|vendor|__pycache__|\.next|\.nuxt|coverage|htmlcov|\.pytest_cache|[\w.-]+\.egg-info|cmake-build-[\w-]+|\.gradle)\/|^(build|out|target|bin|obj)\/.*\.(js|css|map|class|o|a|so|rlib|rmeta|d|jar|exe|dll|html)$|\.min\.(js|css)$|\.(js|css)\.map$|\.(pyc|pyo|class|o|obj|so|dylib|dll|exe|a|lib|jar|war|whl|egg|rlib|wasm|tsbuildinfo)$/;

/** Whether a file is one that a build writes, or that belongs to somebody else. */
export const isArtefact = (path: string): boolean => built.test(path);

/** Files that a person cannot review as text, and files that a build writes: of these, one finding a folder. */
export function binaryFiles({ changes }: Pick<GateInput, "changes">): Finding[] {
  const there = changes.filter(({ status }) => status !== "deleted");
  const artefacts = there.filter(({ path }) => isArtefact(path));
  const folders = Map.groupBy(artefacts, ({ path }) => dirname(path));
  return [
    ...[...folders.values()].map((files): Finding => {
      const { path = "" } = files[0] ?? {};
      const others = files.length > 1 ? ` (${files.length} such files in its folder)` : "";
      const reason = `${basename(path)} is what a build writes, not what a person does${others}.`;
      return { gate: "build-artefact", weight: "remark", file: path, line: null, reason };
    }),
    ...there
      .filter(({ path, binary }) => binary && !isArtefact(path))
      .map(({ path }): Finding => {
        const reason = "Its content cannot be read as text.";
        return { gate: "binary-file", weight: "remark", file: path, line: null, reason };
      }),
  ];
}
