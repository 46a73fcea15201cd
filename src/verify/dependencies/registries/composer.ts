import { z } from "zod";
import type { Desk } from "./desk.ts";
import { type Answer, earliest, json, type Registry, short, unchecked } from "./registry.ts";
import { firstThatHas, repositoriesOf } from "./repositories.ts";

const root = z.object({ "metadata-url": z.string().regex(/%package%/) });
const release = z.object({
  version: z.string().nullish(),
  time: z.string().nullish(),
  license: z.array(z.string()).nullish(),
  abandoned: z.unknown().optional(),
});
const releases = z.object({ packages: z.record(z.string(), z.array(release)) });

/**
 * By the repositories that Composer names, as far as they have its second form. They do not tell downloads.
 * That form is in its documentation as "metadata v2".
 */
export const composer: Registry = {
  syntax: /^[a-z\d]([_.-]?[a-z\d]+)*\/[a-z\d](([_.]|-{1,2})?[a-z\d]+)*$/,
  async open(desk) {
    const named = await repositoriesOf(desk, "composer");
    const forms = new Map(
      await Promise.all(named.map(async (place) => [place, await formOf(desk, place)] as const)),
    );
    const ask = (name: string) => async (place: string) => {
      const form = forms.get(place) ?? null;
      // It may have the package all the same.
      if (form === null) return unchecked("a repository of Composer's does not answer in its second form");
      const { href } = new URL(form, `${place}/`);
      return look(desk, href.replace(/%package%|%25package%25/, name), name);
    };
    return (name) => firstThatHas(named, ask(name), "Composer names no repository here");
  },
};

async function formOf(desk: Desk, place: string): Promise<string | null> {
  const found = await desk.get(`${place}/packages.json`, "application/json");
  return root.safeParse(found?.status === 200 ? json(found.body) : null).data?.["metadata-url"] ?? null;
}

async function look(desk: Desk, url: string, name: string): Promise<Answer> {
  const found = await desk.get(url, "application/json");
  if (found?.status === 404) return { kind: "unknown" };
  const { data } = releases.safeParse(found?.status === 200 ? json(found.body) : null);
  const all = data?.packages[name];
  if (all === undefined) return unchecked("a repository of Composer's gave no answer that can be read");
  // The newest is whole, each one below it says what is different.
  const [newest] = all;
  return {
    kind: "exists",
    firstPublished: earliest(all.map(({ time }) => time)),
    latest: short(newest?.version),
    licence: short(newest?.license?.join(", ")),
    downloads: null,
    ...(newest?.abandoned ? { note: "it is abandoned" } : {}),
  };
}
