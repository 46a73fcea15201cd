import type { Files, Json, LocalGitHub } from "../../src/demo/github/types.ts";
import { until } from "./until.ts";

/** One repository of `acme`, as its people see it. */
export interface TestRepository {
  readonly name: string;
  openIssue(issue?: { title?: string; body?: string }, by?: string): Promise<number>;
  label(number: number, by?: string, label?: string): Promise<void>;
  comment(number: number, text: string, by?: string): Promise<void>;
  push(branch: string, files: Files, by?: string): Promise<string>;
  /** Waits for the last word of the next run or refusal on an issue or pull request, and returns it. */
  settled(number: number): Promise<string>;
  /** The bot's comments there. */
  comments(number: number): Promise<string[]>;
  pulls(): Promise<Json[]>;
  get(path: string): Promise<Json>;
  /** What the bot wrote to GitHub, in order: `POST git/trees`. */
  writes(): string[];
  /** What it wrote there, but for its comments. */
  published(): string[];
}

/** What to change, in the issue that most scenarios start from. */
export const anIssue = {
  title: "add subtracts",
  body: "`add(1, 2)` is -1. It should be 3.",
};

/** How a bot's comment begins when nothing more follows. */
const last = /^\*\*(Draft|Stopped|No change|Not done|Questions?|Plan|Too large|Split)\*\*/;
const withoutMarkers = (text: string) => text.replace(/<!--[\s\S]*?-->/g, "").trim();
/** What a comment says last: its note, or what it tells of a correction, if there is one. */
const wordOf = (text: string) =>
  withoutMarkers(text.split(/<!-- firstdraft:(?:note|correction) -->/).at(-1) ?? "");
const cursors = new WeakMap<LocalGitHub, Map<string, number>>();

/** `atWork` says how many jobs are; where nobody knows it, none. */
export function openRepository(
  github: LocalGitHub,
  name: string,
  atWork: () => number | Promise<number>,
): TestRepository {
  const full = `acme/${name}`;
  const get = async (path: string) => (await github.as("acme").request("GET", `/repos/${full}${path}`)).body;
  const own = (comment: Json) => comment.user.login === github.appLogin;
  const read = cursors.get(github) ?? new Map<string, number>();
  cursors.set(github, read);

  const writes = () =>
    github.requests
      .filter(({ method, path }) => method !== "GET" && path.startsWith(`/repos/${full}/`))
      .map(
        ({ method, path }) =>
          `${method} ${decodeURIComponent(path)
            .slice(`/repos/${full}/`.length)
            .replace(/\d+(?=\/|$)/g, "N")}`,
      );

  /** The last word on an issue or pull request, if a request is that. */
  async function lastWord(number: number, index: number): Promise<string | null> {
    const { method, path, body, status } = github.requests[index] ?? { path: "" };
    const isNew = method === "POST" && path === `/repos/${full}/issues/${number}/comments`;
    const id = method === "PATCH" ? /\/issues\/comments\/(\d+)$/.exec(path)?.[1] : undefined;
    if ((status ?? 500) >= 300 || !(isNew || id)) return null;
    const text = wordOf(String((body as Json).body));
    if (!last.test(text)) return null;
    const comments: Json[] = isNew ? [] : await get(`/issues/${number}/comments`);
    return isNew || comments.filter(own).some((one) => one.id === Number(id)) ? text : null;
  }

  return {
    name,
    openIssue: async (issue, by = "ada") =>
      (await github.as(by).openIssue(full, { ...anIssue, ...issue })).number,
    label: (number, by = "ada", label = "ai-generate") => github.as(by).label(full, number, label),
    comment: async (number, text, by = "ada") => void (await github.as(by).comment(full, number, text)),
    push: (branch, files, by = "ada") => github.as(by).push(full, branch, { message: `By ${by}`, files }),
    async settled(number) {
      const key = `${full}#${number}`;
      let word: string | null = null;
      while (word === null) {
        const from = read.get(key) ?? 0;
        await until(`${key} is settled`, () => github.requests.length > from);
        read.set(key, from + 1);
        word = await lastWord(number, from);
      }
      await until("the job is over", async () => (await atWork()) === 0);
      return word ?? "";
    },
    comments: async (number) =>
      (await get(`/issues/${number}/comments`)).filter(own).map(({ body }: Json) => withoutMarkers(body)),
    pulls: () => get("/pulls?state=all"),
    get,
    writes,
    published: () => writes().filter((write) => !/issues\/(N\/)?comments/.test(write)),
  };
}
