import type { Look } from "../look.ts";
import type { Toolchain } from "../toolchain.ts";

/** A Makefile with a `test` or `check` target, or Autotools that make one. Known are the exit code, and what it prints of tests. */
export async function findMake(look: Look): Promise<Toolchain | null> {
  const file = ["GNUmakefile", "makefile", "Makefile"].find((path) => look.paths.includes(path));
  if (file === undefined) return autotools(look);
  const text = (await look.read(file)) ?? "";
  const target = targetIn(text) ?? (await delegated(look, text));
  const made = makeToolchain(target === null ? null : `make ${target}`);
  // A Tcl suite: the program that the target calls can be told its units.
  const isTcl = ["runtest", "tests/test_helper.tcl"].every((path) => look.paths.includes(path));
  return isTcl ? { ...made, testWithArguments: "make && ./runtest" } : made;
}

function targetIn(makefile: string): string | null {
  return /^(test|check)\s*:(?!=)/m.exec(makefile)?.[1] ?? null;
}

/** The target of the folder to which `.DEFAULT` hands on every target that is not known here. */
async function delegated(look: Look, makefile: string): Promise<string | null> {
  const [, folder] = /^\.DEFAULT:\s*\n\tcd (\S+) && \$\(MAKE\) \$@/m.exec(makefile) ?? [];
  const path = `${folder}/Makefile`;
  return folder !== undefined && look.paths.includes(path) ? targetIn((await look.read(path)) ?? "") : null;
}

function autotools(look: Look): Toolchain | null {
  const ready = look.paths.includes("configure");
  if (!ready && !look.paths.some((path) => path === "configure.ac" || path === "configure.in")) return null;
  const steps = ["./configure", 'make -j"$(nproc)"', "make check VERBOSE=1"];
  return makeToolchain((ready ? steps : ["autoreconf -fi", ...steps]).join(" && "));
}

function makeToolchain(test: string | null): Toolchain {
  return {
    name: "make",
    setup: null,
    test,
    runner: test === null ? null : "command",
    manifests: [],
    setupReadsSources: true,
  };
}
