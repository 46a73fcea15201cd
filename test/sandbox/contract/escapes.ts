import { expect } from "@jest/globals";
import { probes } from "../../../src/sandbox/probes.ts";
import { selfTest } from "../../../src/sandbox/self-test.ts";
import type { Case } from "./provider.ts";

/** That nothing gets out, and nothing of the controller's gets in. */
export function escapes(promise: Case): void {
  promise("every probe of the self-test is held", async (stage) => {
    const results = await selfTest(stage.sandbox);
    expect(results.map(({ name }) => name)).toEqual(Object.keys(probes));
    expect(results).toHaveLength(8);
    expect(results.filter(({ held }) => !held)).toEqual([]);
  });

  promise(
    "the environment is the allow-list, the toolchains' places and what the caller adds",
    async (stage) => {
      const canaries = ["ANTHROPIC_API_KEY", "GITHUB_ENV", "NODE_OPTIONS_CANARY"];
      for (const name of canaries) process.env[name] = `canary-${name}`;
      try {
        const env = { FEATURE: "on", LINES: "one, 'two' $HOME" };
        const { output } = await stage.bash("env -0 | tr '\\0' '\\n' | sort", { env });
        const first = await stage.bash("tr '\\0' '\\n' </proc/1/environ", { env });
        const names = output.match(/^\w+(?==)/gm) ?? [];
        const toolchains =
          /^(JAVA_HOME|RUSTUP_HOME|PYENV_ROOT|GOROOT|NVM_DIR|VIRTUAL_ENV|\w+_(ROOT|HOME|DIR|PREFIX))$/;
        expect([...new Set(names.filter((name) => !toolchains.test(name)))].sort()).toEqual(
          ["CI", "FEATURE", "HOME", "LANG", "LINES", "PATH", "PWD", "SHLVL", "TMPDIR", "_"].sort(),
        );
        expect(output).toContain("\nLINES=one, 'two' $HOME\n");
        for (const text of [output, first.output]) expect(text).not.toMatch(/canary|node_modules/);
      } finally {
        for (const name of canaries) delete process.env[name];
      }
    },
  );
}
