import { z } from "zod";
import type { Desk } from "./desk.ts";
import { type Answer, dateOf, json, type Registry, short, unchecked } from "./registry.ts";

// The index's own settings stand where cargo put them; its words on standard error say whether there is such a package.
const info = `cargo info --color never -- "$1" 2>&1
status=$?
echo "=== settings"
cat "$HOME"/.cargo/registry/index/*/config.json
exit $status`;

const settings = z.object({ api: z.string().regex(/^https?:\/\/[\w.:-]+(\/[\w./-]*)?$/) });
const details = z.object({
  crate: z.object({ created_at: z.string(), downloads: z.number().int().nonnegative().nullish() }),
});

/** By `cargo info`, and by the address that its index names for more. */
export const cargo: Registry = {
  syntax: /^[a-z\d][\w-]{0,63}$/i,
  open: async (desk) => (name) => look(desk, name),
};

async function look(desk: Desk, name: string): Promise<Answer> {
  const { code, out } = await desk.run(["sh", "-c", info, "info", name]);
  const [words = "", config = ""] = out.split("=== settings\n");
  if (code === null) return unchecked("cargo did not answer in time");
  if (code === 127) return unchecked("cargo is not installed here");
  if (/no such (sub)?command/.test(words)) return unchecked("this cargo has no `cargo info`");
  if (/^error: could not find `/m.test(words)) return { kind: "unknown" };
  if (code !== 0) return unchecked("cargo could not ask its registry");
  // It finds `serde_json` for `serde-json` too, which a build does not.
  if (!new RegExp(`^${name}( #.*)?$`, "m").test(words)) return { kind: "unknown" };
  const line = (key: string) => short(new RegExp(`^${key}: (.*)$`, "m").exec(words)?.[1]);
  const more = await detailsOf(desk, name, config);
  return {
    kind: "exists",
    firstPublished: dateOf(more?.created_at),
    // "1.0.0 (latest 2.0.0)"
    latest: line("version")?.split(" ", 1)[0] ?? null,
    licence: line("license"),
    downloads: more?.downloads ?? null,
  };
}

async function detailsOf(desk: Desk, name: string, config: string) {
  const { data } = settings.safeParse(json(config));
  if (data === undefined) return null;
  const answer = await desk.get(`${data.api.replace(/\/+$/, "")}/api/v1/crates/${name}`, "application/json");
  return details.safeParse(json(answer?.body ?? "")).data?.crate ?? null;
}
