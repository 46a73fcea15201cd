import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@jest/globals";
import { probes } from "../../../src/sandbox/probes.ts";
import { selfTest } from "../../../src/sandbox/self-test.ts";
import { countProcesses } from "../processes.ts";
import { heartSeen } from "./heart.ts";
import type { Case } from "./provider.ts";

/** That nothing gets out, and nothing of the controller's gets in. */
export function escapes(promise: Case): void {
  promise("every probe of the self-test is held", async (stage) => {
    const results = await selfTest(stage.sandbox);
    expect(results.map(({ name }) => name)).toEqual(Object.keys(probes));
    expect(results).toHaveLength(8);
    expect(results.filter(({ held }) => !held)).toEqual([]);
    // without perl it would hold as well, and say that it tried nothing
    expect(results.find(({ name }) => name === "kernel")?.detail).toMatch(/^\d+ calls refused/);
  });

  promise(
    "the environment is the allow-list, the toolchains' places and what the caller adds",
    async (stage) => {
      const canaries = ["ANTHROPIC_API_KEY", "GITHUB_ENV", "NODE_OPTIONS_CANARY"];
      for (const name of canaries) process.env[name] = `canary-${name}`;
      try {
        const env = { FEATURE: "on", LINES: "one, 'two' $HOME \\n `id`" };
        const { output } = await stage.bash("env -0 | tr '\\0' '\\n' | sort", { env });
        const first = await stage.bash("tr '\\0' '\\n' </proc/1/environ", { env });
        const names = output.match(/^\w+(?==)/gm) ?? [];
        const toolchains =
          /^(JAVA_HOME|RUSTUP_HOME|PYENV_ROOT|GOROOT|NVM_DIR|VIRTUAL_ENV|\w+_(ROOT|HOME|DIR|PREFIX))$/;
        expect([...new Set(names.filter((name) => !toolchains.test(name)))].sort()).toEqual(
          ["CI", "FEATURE", "HOME", "LANG", "LINES", "PATH", "PWD", "SHLVL", "TMPDIR", "_"].sort(),
        );
        expect(output).toContain("\nLINES=one, 'two' $HOME \\n `id`\n");
        for (const text of [output, first.output]) expect(text).not.toMatch(/canary|node_modules/);
      } finally {
        for (const name of canaries) delete process.env[name];
      }
    },
  );

  promise("no value of the environment stands in a command line of this machine", async (stage) => {
    const canary = randomUUID();
    const over = new AbortController();
    const running = stage.bash("echo $TOKEN >beat; sleep 1000", {
      ...{ env: { TOKEN: canary }, signal: over.signal },
    });
    await heartSeen(stage.folder);
    const seen = countProcesses(canary);
    over.abort();
    await running;
    expect(readFileSync(join(stage.folder, "beat"), "utf8")).toBe(`${canary}\n`);
    expect(seen).toBe(0);
  });
}
