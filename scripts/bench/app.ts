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
  /** Starts another with the same settings but for its data folder. It is the caller's to end. */
  start(dataDir: string): Promise<RunningApp>;
}

/** `env` is added to what the App needs; `repositories` are the names of as many copies of the sample. */
export async function startAppPlace(
  folder: string,
  env: Readonly<Record<string, string>> = {},
  repositories: readonly string[] = [repository],
): Promise<AppPlace> {
  const github = await startGitHub({
    repositories: repositories.map((whole) => {
      const [owner = "", name = ""] = whole.split("/");
      return { owner, name, folder: sampleFolder };
    }),
    users: [{ login: "ada", role: "admin" }],
    app: {},
  });
  const dataDir = await mkdtemp(join(folder, "data-"));
  const start = (DATA_DIR: string) =>
    startApp(github, { TMPDIR: folder, ANTHROPIC_API_KEY: "bench", ...env, DATA_DIR });
  try {
    const app = await start(env.DATA_DIR ?? dataDir);
    const dispose = async () => {
      await app[Symbol.asyncDispose]();
      await github.close();
    };
    return { github, app, dataDir, start, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await github.close();
    throw error;
  }
}
