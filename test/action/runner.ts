import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { parse } from "yaml";
import type { Json, LocalGitHub } from "../../src/demo/github/types.ts";
import { until } from "../helpers/until.ts";
import { type Command, readLog } from "./runner-log.ts";

const root = join(import.meta.dirname, "..", "..");
export const manifest = parse(await readFile(join(root, "action.yml"), "utf8"));

/** The built program as a release has it, with package.json beside `dist`; and what the build printed. */
export interface Bundle extends AsyncDisposable {
  readonly folder: string;
  readonly dist: string;
  readonly printed: string;
}

export async function buildBundle(): Promise<Bundle> {
  const folder = await mkdtemp(join(tmpdir(), "firstdraft-bundle-"));
  const dist = join(folder, "dist");
  const script = join(root, "scripts", "build.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [script, dist], { cwd: root });
  await copyFile(join(root, "package.json"), join(folder, "package.json"));
  return {
    ...{ folder, dist },
    printed: stdout,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

export interface StepOptions {
  readonly bundle: Bundle;
  readonly github: LocalGitHub;
  readonly repository: string;
  readonly event: { readonly name: string; readonly payload: Json };
  readonly inputs?: Readonly<Record<string, string>>;
  /** What the workflow and the steps before have set. */
  readonly env?: Readonly<Record<string, string>>;
  readonly actor?: string;
  /** The runner's folder: `home`, `temp` and `work` are in it. Removed at the end. Default: a new one. */
  readonly place?: string;
  /** Called with the process once it runs. */
  readonly meanwhile?: (step: { readonly pid: number }) => Promise<unknown>;
}

/** A step that has ended, as its runner and the workflow's page show it. */
export interface Step {
  readonly exitCode: number | null;
  /** What it printed, as printed. */
  readonly printed: string;
  /** What a person sees of it. */
  readonly log: string;
  /** What the runner takes for a command. */
  readonly commands: readonly Command[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What the steps after it would get in their environment and on their PATH. */
  readonly leftBehind: string;
  /** What it made in the home folder. */
  readonly home: readonly string[];
}

export const newPlace = () => mkdtemp(join(tmpdir(), "firstdraft-runner-"));

/** Runs the bundle as a runner of GitHub Actions runs a JavaScript action: only its own variables, an empty home. */
export async function runStep(options: StepOptions): Promise<Step> {
  const { bundle, github, event } = options;
  const place = options.place ?? (await newPlace());
  try {
    const files = await runnerFiles(place, event.payload);
    const { GITHUB_OUTPUT, GITHUB_STEP_SUMMARY, GITHUB_ENV, GITHUB_PATH } = files;
    const step = spawn(process.execPath, [join(bundle.dist, "index.js")], {
      cwd: files.GITHUB_WORKSPACE,
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...{ PATH: process.env.PATH ?? "", HOME: join(place, "home"), CI: "true" },
        ...{
          FIRSTDRAFT_SECOND_LOOK: "no",
          FIRSTDRAFT_ASK: "no",
          GITHUB_RUN_ID: "7000000001",
          ...options.env,
        },
        ...{ GITHUB_ACTIONS: "true", GITHUB_API_URL: github.apiUrl, GITHUB_SERVER_URL: github.url },
        ...{ GITHUB_REPOSITORY: options.repository, GITHUB_EVENT_NAME: event.name },
        ...{ GITHUB_ACTOR: options.actor ?? event.payload?.sender?.login ?? "ada" },
        ...{ GITHUB_RUN_ATTEMPT: "1", RUNNER_OS: "Linux", ...files },
        ...{ ACTIONS_RUNTIME_TOKEN: "an-actions-runtime-token", ACTIONS_CACHE_URL: "http://127.0.0.1:9/" },
        ...inputVariables({ "github-token": await github.actionsToken(), ...options.inputs }),
      },
    });
    const exited = once(step, "exit");
    const printing = text(step.stdout);
    await options.meanwhile?.({ pid: step.pid ?? 0 });
    const [exitCode] = await exited;
    const printed = await printing;
    return {
      exitCode,
      printed,
      ...readLog(printed),
      outputs: parseOutputs(await readFile(GITHUB_OUTPUT, "utf8")),
      summary: await readFile(GITHUB_STEP_SUMMARY, "utf8"),
      leftBehind: `${await readFile(GITHUB_ENV, "utf8")}${await readFile(GITHUB_PATH, "utf8")}`,
      home: await readdir(join(place, "home")),
    };
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** The folders and files that a runner makes for a step, by their variables. */
async function runnerFiles(place: string, payload: Json) {
  const commands = join(place, "temp", "_runner_file_commands");
  const GITHUB_WORKSPACE = join(place, "work");
  for (const folder of [commands, GITHUB_WORKSPACE, join(place, "home")]) {
    await mkdir(folder, { recursive: true });
  }
  const file = async (name: string, content = "") => {
    await writeFile(join(commands, name), content);
    return join(commands, name);
  };
  return {
    ...{ GITHUB_WORKSPACE, RUNNER_TEMP: join(place, "temp"), RUNNER_TOOL_CACHE: join(place, "tools") },
    GITHUB_EVENT_PATH: await file(
      "event.json",
      typeof payload === "string" ? payload : JSON.stringify(payload),
    ),
    GITHUB_OUTPUT: await file("output"),
    GITHUB_STEP_SUMMARY: await file("summary"),
    GITHUB_ENV: await file("env"),
    GITHUB_PATH: await file("path"),
  };
}

/** Every input of action.yml, with its default where none is given. */
function inputVariables(given: Readonly<Record<string, string>>): Record<string, string> {
  const names = Object.keys(manifest.inputs);
  return Object.fromEntries(
    names.map((name) => [`INPUT_${name.toUpperCase()}`, given[name] ?? manifest.inputs[name].default ?? ""]),
  );
}

/** `name<<delimiter`, the value, `delimiter`. */
function parseOutputs(content: string): Record<string, string> {
  const pairs = [...content.matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n?\2$/gm)];
  return Object.fromEntries(pairs.map(([, name, , value]) => [name, value]));
}

/** The event that GitHub tells of, once it does; without what it tells only to Apps. */
export async function eventOf(
  github: LocalGitHub,
  name: string,
  which: (payload: Json) => boolean,
): Promise<StepOptions["event"]> {
  const find = () => github.deliveries.findLast(({ event, payload }) => event === name && which(payload));
  await until(`GitHub tells of ${name}`, () => find() !== undefined);
  const { installation: _, ...payload } = find()?.payload ?? {};
  return { name, payload };
}

/** What GitHub tells a workflow that somebody starts by hand. */
export async function dispatchOf(
  github: LocalGitHub,
  repository: string,
  login: string,
  inputs: Readonly<Record<string, string>>,
): Promise<StepOptions["event"]> {
  const { body } = await github.as(login).request("GET", `/repos/${repository}`);
  const payload = { inputs, ref: "refs/heads/main", repository: body, sender: { login, type: "User" } };
  return { name: "workflow_dispatch", payload };
}
