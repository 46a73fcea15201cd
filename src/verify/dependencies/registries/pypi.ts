import { z } from "zod";
import { plainName } from "../manifests/requirement.ts";
import type { Desk } from "./desk.ts";
import {
  type Answer,
  type Ask,
  always,
  earliest,
  json,
  type Registry,
  short,
  unchecked,
} from "./registry.ts";

// As pip itself would take them: its default, its configuration, its environment.
const indexes = `import json
from pip._internal.commands import create_command
options = create_command("download").parse_args([])[0]
print(json.dumps([] if options.no_index else [options.index_url, *options.extra_index_urls]))`;

const simple = z.object({
  files: z.array(z.object({ "upload-time": z.string().nullish() })),
  "project-status": z.object({ status: z.string() }).nullish(),
});
const details = z.object({
  info: z.object({
    version: z.unknown().optional(),
    license: z.unknown().optional(),
    license_expression: z.unknown().optional(),
    classifiers: z.array(z.string()).nullish(),
  }),
});

const maxIndexes = 4;

/** By the indexes that pip names, in their JSON form. They do not tell downloads. */
export const pypi: Registry = {
  syntax: /^[a-z\d]([\w.-]*[a-z\d])?$/i,
  async open(desk) {
    const { code, out } = await desk.run(["python3", "-c", indexes]);
    const { data: urls = [] } = z.array(z.string()).safeParse(json(out));
    if (code === null) return always(unchecked("pip did not answer in time"));
    if (code !== 0) return always(unchecked("pip is not installed here"));
    const reached = urls.filter((url) => /^https?:\/\//.test(url)).slice(0, maxIndexes);
    if (reached.length === 0) return always(unchecked("pip has no index that is asked over HTTP"));
    return askAll(desk, reached, reached.length < urls.length);
  },
};

function askAll(desk: Desk, urls: readonly string[], others: boolean): Ask {
  return async (name) => {
    for (const url of urls) {
      const answer = await askOne(desk, url.replace(/\/+$/, ""), plainName(name));
      if (answer.kind !== "unknown") return answer;
    }
    return others ? unchecked("one of pip's indexes is not asked over HTTP") : { kind: "unknown" };
  };
}

async function askOne(desk: Desk, index: string, name: string): Promise<Answer> {
  const answer = await desk.get(`${index}/${name}/`, "application/vnd.pypi.simple.v1+json, text/html;q=0.1");
  if (answer?.status === 404) return { kind: "unknown" };
  if (answer?.status !== 200) return unchecked(`pip's index gave no answer${statusOf(answer)}`);
  const { data: project } = simple.safeParse(json(answer.body));
  const info = await infoOf(desk, index, name);
  const status = project?.["project-status"]?.status;
  const notes = [
    project?.files.length === 0 && "it has no release",
    status !== undefined && status !== "active" && `the index calls it ${short(status, 20) ?? "not active"}`,
  ].filter((note) => note !== false);
  return {
    kind: "exists",
    firstPublished: earliest(project?.files.map((file) => file["upload-time"]) ?? []),
    latest: short(info?.version),
    licence: licenceOf(info),
    downloads: null,
    ...(notes.length === 0 ? {} : { note: notes.join(", ") }),
  };
}

/** The index's other address, which not every index has. */
async function infoOf(desk: Desk, index: string, name: string) {
  if (!index.endsWith("/simple")) return null;
  const answer = await desk.get(`${index.slice(0, -"/simple".length)}/pypi/${name}/json`, "application/json");
  if (answer?.status !== 200) return null;
  return details.safeParse(json(answer.body)).data?.info ?? null;
}

function licenceOf(info: z.infer<typeof details>["info"] | null): string | null {
  const classified = info?.classifiers?.find((line) => line.startsWith("License :: "));
  return short(info?.license_expression) ?? short(info?.license) ?? short(classified?.split(" :: ").at(-1));
}

const statusOf = (answer: { status: number } | null) => (answer === null ? "" : ` (${answer.status})`);
