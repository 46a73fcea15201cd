import { openSandbox } from "../../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../../src/sandbox/sandbox.ts";
import { checkDependencies } from "../../../src/verify/dependencies/check-dependencies.ts";
import { lookAt } from "../../../src/verify/look.ts";
import type { Finding } from "../../../src/verify/types.ts";
import { changesBetween } from "../../../src/workspace/changes-between.ts";
import { type Files, fixture } from "../repository.ts";

let opened: Promise<Sandbox> | undefined;

/** What is said of the dependencies that `change` adds to a repository of `base`. */
export async function check(
  base: Files,
  change: Files,
  env: Readonly<Record<string, string>> | null,
): Promise<Finding[]> {
  opened ??= openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
  using on = await fixture({ "README.md": "", ...base });
  const headTree = on.change(change);
  const { repository, baseTree } = on;
  const looks = { base: await lookAt(repository, baseTree), head: await lookAt(repository, headTree) };
  const options = {
    ...{ sandbox: await opened, scratch: on.scratch, setupEnv: env ?? {} },
    config: { network: env === null ? "none" : "setup" } as const,
    redact: (text: string) => text.replaceAll("canary-secret", "***"),
  };
  return await checkDependencies(options, looks, await changesBetween(repository, baseTree, headTree));
}

export const packageJson = (dependencies: Readonly<Record<string, string>>) =>
  `${JSON.stringify({ name: "sums", dependencies }, null, 2)}\n`;
