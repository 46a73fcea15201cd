import { z } from "zod";
import type { Desk } from "./desk.ts";
import { type Answer, dateOf, json, type Registry, short, unchecked } from "./registry.ts";

const fields = ["name", "license", "time.created", "dist-tags.latest", "deprecated"];

const found = z.object({
  name: z.string(),
  license: z.unknown().optional(),
  "time.created": z.string().nullish(),
  "dist-tags.latest": z.string().nullish(),
  deprecated: z.unknown().optional(),
});
const failed = z.object({ error: z.object({ code: z.string().regex(/^\w{1,30}$/) }) });

/** By `npm view`, which knows its registry, a scope's own, and how to sign in. It does not tell downloads. */
export const npm: Registry = {
  syntax: /^(@[a-z\d][\w.~-]*\/)?[a-z\d_][\w.~-]*$/i,
  open: async (desk) => (name) => view(desk, name),
};

async function view(desk: Desk, name: string): Promise<Answer> {
  const { code, out } = await desk.run(["npm", "view", "--json", "--", name, ...fields]);
  if (code === null) return unchecked("npm did not answer in time");
  if (code === 127) return unchecked("npm is not installed here");
  const answer = json(out);
  const error = failed.safeParse(answer).data?.error.code;
  if (error === "E404") return { kind: "unknown" };
  if (error !== undefined) return unchecked(`npm could not ask its registry (${error})`);
  const { success, data } = found.safeParse(answer);
  if (!success || data.name !== name) return unchecked("npm's answer could not be read");
  const latest = short(data["dist-tags.latest"]);
  // What the registry puts in the place of a package that did harm.
  if (latest !== null && /-security(\.\d+)?$/.test(latest)) return { kind: "taken-down" };
  return {
    kind: "exists",
    firstPublished: dateOf(data["time.created"]),
    latest,
    licence: short(data.license) ?? short(z.object({ type: z.string() }).safeParse(data.license).data?.type),
    downloads: null,
    ...(data.deprecated ? { note: "its latest version is deprecated" } : {}),
  };
}
