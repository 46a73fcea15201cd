import { z } from "zod";
import type { Desk } from "./desk.ts";
import { type Answer, earliest, json, type Registry, short, unchecked } from "./registry.ts";
import { firstThatHas, repositoriesOf } from "./repositories.ts";

const gem = z.object({
  version: z.string().nullish(),
  licenses: z.array(z.string()).nullish(),
  downloads: z.number().int().nonnegative().nullish(),
});
const versions = z.array(z.object({ created_at: z.string().nullish() }));

/** By the sources that `gem` names, as the guide to the API of RubyGems has their answers. */
export const rubyGems: Registry = {
  syntax: /^[a-z\d_][\w.-]*$/i,
  async open(desk) {
    const places = await repositoriesOf(desk, "gem");
    return (name) => firstThatHas(places, (place) => look(desk, place, name), "gem names no source here");
  },
};

async function look(desk: Desk, place: string, name: string): Promise<Answer> {
  const found = await desk.get(`${place}/api/v1/gems/${name}.json`, "application/json");
  if (found?.status === 404) return { kind: "unknown" };
  const { data } = gem.safeParse(found?.status === 200 ? json(found.body) : null);
  if (data === undefined) return unchecked("a source of gem's gave no answer that can be read");
  const all = await desk.get(`${place}/api/v1/versions/${name}.json`, "application/json");
  const dates = versions.safeParse(all?.status === 200 ? json(all.body) : null).data ?? [];
  return {
    kind: "exists",
    firstPublished: earliest(dates.map(({ created_at }) => created_at)),
    latest: short(data.version),
    licence: short(data.licenses?.join(", ")),
    downloads: data.downloads ?? null,
  };
}
