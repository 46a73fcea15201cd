import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { LocalGitHub } from "./github/types.ts";

/** The real App in a process of its own. */
export interface RunningApp extends AsyncDisposable {
  readonly webhookUrl: string;
  readonly pid: number | undefined;
}

/** Starts `firstdraft serve` for the given GitHub and waits until it answers. */
export async function startApp(
  github: LocalGitHub,
  env: Readonly<Record<string, string>>,
): Promise<RunningApp> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { PATH = "", HOME = "" } = process.env;
  const app = spawn(process.execPath, [`${import.meta.dirname}/../cli/main.ts`, "serve"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...{ PATH, HOME, PORT: String(port), HOST: "127.0.0.1", LOG_LEVEL: "error", NODE_ENV: "production" },
      ...{
        APP_ID: String(github.appId),
        PRIVATE_KEY: github.privateKey,
        WEBHOOK_SECRET: github.webhookSecret,
      },
      ...{ GHE_HOST: github.host, GHE_PROTOCOL: "http", ...env },
    },
  });
  const ended = once(app, "exit").then(() => {
    throw new Error("The app ended before it was ready.");
  });
  // However this process ends, the app ends with it.
  const end = () => app.kill("SIGTERM");
  process.once("exit", end);
  app.once("exit", () => process.off("exit", end));
  await Promise.race([answering(`${url}/healthz`), ended]);
  ended.catch(() => {});
  return {
    webhookUrl: `${url}/api/github/webhooks`,
    pid: app.pid,
    [Symbol.asyncDispose]: async () => {
      if (app.exitCode !== null || app.signalCode !== null) return;
      const exited = once(app, "exit");
      app.kill("SIGTERM");
      await exited;
    },
  };
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await delay(100);
  }
  throw new Error("The app did not start within 30 s.");
}

/** A port of 127.0.0.1 that nothing listened on a moment ago, and of none that the system gives to whoever asks for any. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) =>
      server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true)),
    );
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
