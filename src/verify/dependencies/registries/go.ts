import { z } from "zod";
import type { Desk } from "./desk.ts";
import { type Answer, always, dateOf, json, type Registry, short, unchecked } from "./registry.ts";

const version = z.object({ Version: z.string(), Time: z.string().nullish() });
const gone = (status: number | undefined) => status === 404 || status === 410;

/** By the module proxies that `go env` names. They tell neither licence nor downloads, and a version's date is its commit's. */
export const go: Registry = {
  syntax: /^(?!.*\/\.)[a-z\d][a-z\d.-]*\.[a-z]+(\/[\w.~-]+)*$/i,
  async open(desk) {
    const { code, out } = await desk.run(["go", "env", "GOPROXY", "GONOPROXY"]);
    if (code === null) return always(unchecked("go did not answer in time"));
    if (code !== 0) return always(unchecked("Go is not installed here"));
    const [list = "", own = ""] = out.split("\n");
    const proxies = list.split(/[,|]/).filter((url) => /^https?:\/\//.test(url));
    if (proxies.length === 0) return always(unchecked("go asks no module proxy here"));
    const isOwn = matcher(own);
    return async (name) => {
      if (isOwn(name)) return unchecked("go takes it past the module proxy");
      for (const proxy of proxies) {
        const answer = await askOne(desk, `${proxy.replace(/\/+$/, "")}/${escaped(name)}`);
        if (answer.kind !== "unknown") return answer;
      }
      return { kind: "unknown" };
    };
  },
};

async function askOne(desk: Desk, module: string): Promise<Answer> {
  const [list, latest] = await Promise.all([
    desk.get(`${module}/@v/list`, "text/plain"),
    desk.get(`${module}/@latest`, "application/json"),
  ]);
  const versions = list?.status === 200 ? list.body.split("\n").filter((line) => line.trim() !== "") : [];
  if (versions.length === 0 && gone(latest?.status)) return { kind: "unknown" };
  const { data: newest } = version.safeParse(latest?.status === 200 ? json(latest.body) : undefined);
  if (versions.length === 0 && newest === undefined) return unchecked("Go's module proxy gave no answer");
  return {
    kind: "exists",
    firstPublished: await firstOf(desk, module, versions),
    latest: short(newest?.Version),
    ...{ licence: null, downloads: null },
  };
}

/** When the lowest version was made. A module without versions has commits only, which say nothing of when it began. */
async function firstOf(desk: Desk, module: string, versions: readonly string[]): Promise<Date | null> {
  const valid = versions.filter((one) => /^v\d+\.\d+\.\d+[\w.+-]*$/.test(one));
  const [first] = valid.toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
  if (first === undefined) return null;
  const info = await desk.get(`${module}/@v/${escaped(first)}.info`, "application/json");
  return dateOf(version.safeParse(json(info?.body ?? "")).data?.Time);
}

/** As the proxy's protocol writes capital letters. */
const escaped = (text: string) => text.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);

/** Go's own lists of patterns: each matches the first parts of a path. */
function matcher(patterns: string): (name: string) => boolean {
  const all = patterns
    .trim()
    .split(",")
    .filter((pattern) => pattern !== "");
  return (name) =>
    all.some((pattern) => {
      const [own, parts] = [pattern.split("/"), name.split("/")];
      return own.length <= parts.length && own.every((part, i) => like(part, parts[i] ?? ""));
    });
}

function like(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return pattern === text;
  const last = rest.at(-1) ?? "";
  return text.startsWith(first) && text.endsWith(last) && text.length >= first.length + last.length;
}
