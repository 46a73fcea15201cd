import { createHash } from "node:crypto";

/** Who a request speaks for. */
export type Identity =
  | { readonly kind: "anonymous" }
  | { readonly kind: "unknown" }
  | { readonly kind: "app" }
  | { readonly kind: "user"; readonly login: string }
  | { readonly kind: "installation"; readonly appId: number; readonly slug: string };

export interface Identities {
  of(headers: Readonly<Record<string, string>>): Identity;
  /** A user's personal token, always the same one. */
  tokenOf(login: string): string;
  learn(token: string, appId: number): void;
}

export function createIdentities(slugs: ReadonlyMap<number, string>): Identities {
  const users = new Map<string, string>();
  const installations = new Map<string, number>();
  return {
    of(headers) {
      const token = tokenIn(headers.authorization ?? "");
      if (token === "") return { kind: "anonymous" };
      const login = users.get(token);
      if (login) return { kind: "user", login };
      const appId = installations.get(token);
      if (appId) return { kind: "installation", appId, slug: slugs.get(appId) ?? "" };
      return token.startsWith("eyJ") ? { kind: "app" } : { kind: "unknown" };
    },
    tokenOf(login) {
      const token = `ghp_${createHash("sha256").update(login).digest("base64url").replace(/\W/g, "0").slice(0, 36)}`;
      users.set(token, login);
      return token;
    },
    learn(token, appId) {
      installations.set(token, appId);
    },
  };
}

/** REST sends `token X` or `Bearer X`; git sends the token as a Basic password. */
export function tokenIn(authorization: string): string {
  const [scheme = "", value = ""] = authorization.trim().split(/\s+/);
  if (!/^basic$/i.test(scheme)) return value;
  return Buffer.from(value, "base64")
    .toString("utf8")
    .replace(/^[^:]*:/, "");
}
