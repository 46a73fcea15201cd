import { isLiteral } from "./addresses.ts";

/** A host and port that may be reached, by the operator's word or only by the repository's. */
export interface Rule {
  readonly name: string;
  readonly port: number;
  readonly by: "operator" | "repository";
}

/** Whether `target`, as a client asks for it (`name:port`), is one of `rules`, and whose. */
export type Rules = (target: string) => Rule | null;

/** `operator`, `repository`: names, for port 443, or `name:port`. Only what stands there is reached, and by name alone. */
export function rulesOf(operator: readonly string[], repository: readonly string[]): Rules {
  const rules = new Map<string, Rule>();
  for (const [hosts, by] of [
    [repository, "repository"],
    [operator, "operator"],
  ] as const)
    for (const host of hosts) {
      const { name, port } = hostAndPort(host) ?? hostAndPort(`${host}:443`) ?? {};
      if (name === undefined || port === undefined) continue;
      // Of a repository no address, whatever its configuration let through.
      if (by === "repository" && isLiteral(name)) continue;
      rules.set(`${name}:${port}`, { name, port, by });
    }
  return (target) => {
    const { name, port } = hostAndPort(target) ?? {};
    return rules.get(`${name}:${port}`) ?? null;
  };
}

/** The parts of `name:port`; null where it is nothing of the kind. */
export function hostAndPort(target: string): { readonly name: string; readonly port: number } | null {
  const [, name, port] = /^(\[[\da-f:.]{2,45}\]|[\w.-]{1,253}):(\d{1,5})$/i.exec(target) ?? [];
  if (name === undefined || Number(port) < 1 || Number(port) > 65_535) return null;
  return { name: name.toLowerCase(), port: Number(port) };
}
