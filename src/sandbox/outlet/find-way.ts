import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import { bare, isLiteral, whereTo } from "./addresses.ts";
import type { Rule, Rules } from "./rules.ts";
import { type Upstream, upstreamFor } from "./upstream.ts";

/** What a name resolves to, all of it. */
export type Resolve = (name: string) => Promise<readonly LookupAddress[]>;

export const systemResolve: Resolve = (name) => lookup(name, { all: true });

/**
 * `resolve`, but one lookup at a time for a name: the machine does few at once, and a name server of the repository's
 * choice may take its time, for any number of connections.
 */
export function oneAtATime(resolve: Resolve): Resolve {
  const waiting = new Map<string, ReturnType<Resolve>>();
  return (name) => {
    const asked = waiting.get(name) ?? resolve(name).finally(() => waiting.delete(name));
    waiting.set(name, asked);
    return asked;
  };
}

export type Way =
  | { readonly kind: "direct"; readonly rule: Rule; readonly addresses: readonly LookupAddress[] }
  /** By the operator's own proxy, which resolves the name. */
  | { readonly kind: "upstream"; readonly rule: Rule; readonly proxy: Upstream }
  | { readonly kind: "refused"; readonly why: "not-listed" | "address" }
  | { readonly kind: "unresolved" };

/**
 * How a client gets to `target`. The name is looked up once, and the connection goes to the addresses that are returned:
 * another answer a moment later changes nothing. Where one of them is out of bounds, none is used.
 */
export async function findWay(
  target: string,
  scheme: "http" | "https",
  rules: Rules,
  resolve: Resolve,
): Promise<Way> {
  const rule = rules(target);
  if (rule === null) return { kind: "refused", why: "not-listed" };
  const proxy = isLiteral(rule.name) ? null : upstreamFor(rule, scheme);
  // What the name leads to is that proxy's to say, so it cannot be checked here.
  if (proxy !== null && rule.by === "repository") return { kind: "refused", why: "address" };
  if (proxy !== null) return { kind: "upstream", rule, proxy };
  const addresses = await resolve(bare(rule.name)).catch(() => []);
  if (addresses.length === 0) return { kind: "unresolved" };
  const isOpen = addresses.every(({ address }) => mayLead(rule, address));
  return isOpen ? { kind: "direct", rule, addresses } : { kind: "refused", why: "address" };
}

/** To this machine only where the operator writes so; to the operator's own network only for hosts of the operator's. */
function mayLead({ name, by }: Rule, address: string): boolean {
  const where = whereTo(address);
  if (where === "never") return false;
  if (where === "loopback") return by === "operator" && isLiteral(name);
  return where === "outside" || by === "operator";
}

/** Looks up nothing: these are the addresses. */
export const known =
  (addresses: readonly LookupAddress[]): LookupFunction =>
  (_name, { all }, done) => {
    const [first] = addresses;
    if (all === true) done(null, [...addresses]);
    else done(null, first?.address ?? "", first?.family ?? 4);
  };
