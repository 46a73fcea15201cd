import type { Look } from "../look.ts";
import type { Toolchain } from "../toolchain.ts";

/** A Makefile with a `test` or `check` target. Only its exit code is known. */
export async function findMake(look: Look): Promise<Toolchain | null> {
  const file = ["GNUmakefile", "makefile", "Makefile"].find((path) => look.paths.includes(path));
  if (file === undefined) return null;
  const [, target] = /^(test|check)\s*:(?!=)/m.exec((await look.read(file)) ?? "") ?? [];
  return {
    name: "make",
    setup: null,
    test: target === undefined ? null : `make ${target}`,
    runner: target === undefined ? null : "command",
    manifests: [],
    setupReadsSources: true,
  };
}
