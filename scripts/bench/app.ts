import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { type RunningApp, startApp } from "../../src/demo/start-app.ts";
import { sampleFolder } from "./sample.ts";

export const repository = "acme/duration";

/** The real App in a process of its own, and a GitHub for it, with one repository. */
export interface AppPlace extends AsyncDisposable {
  readonly github: LocalGitHub;
  readonly app: RunningApp;
  readonly dataDir: string;
}

/** `env` is added to what the App needs. */
export async function startAppPlace(
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<AppPlace> {
  const [owner = "", name = ""] = repository.split("/");
  const github = await startGitHub({
    repositories: [{ owner, name, folder: sampleFolder }],
    users: [{ login: "ada", role: "admin" }],
    app: {},
  });
  const dataDir = await mkdtemp(join(folder, "data-"));
  try {
    const app = await startApp(github, {
      ...{ DATA_DIR: dataDir, TMPDIR: folder, ANTHROPIC_API_KEY: "bench", ...env },
    });
    const dispose = async () => {
      await app[Symbol.asyncDispose]();
      await github.close();
    };
    return { github, app, dataDir, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await github.close();
    throw error;
  }
}
