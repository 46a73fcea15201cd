import { startGitHub } from "../../src/demo/github/start.ts";
import type { Answer, LocalGitHub } from "../../src/demo/github/types.ts";
import type { GitHubAccess } from "../../src/github/access.ts";
import { connectWithToken } from "../../src/github/connect.ts";

export const name = "acme/shop";
export const repository = { owner: "acme", repo: "shop" };

/** A GitHub with one small repository, one person of each role, and us as its App. */
export interface Shop extends AsyncDisposable {
  readonly github: LocalGitHub;
  readonly access: GitHubAccess;
}

export async function openShop(): Promise<Shop> {
  const github = await startGitHub({
    repositories: [
      {
        ...repository,
        name: "shop",
        files: { "README.md": "# Shop\n", "src/price.js": "export const vat = 19;\n" },
      },
    ],
    users: [
      { login: "alice", role: "write" },
      { login: "mia", role: "maintain" },
      { login: "tom", role: "triage" },
      { login: "rita", role: "read" },
      { login: "mallory" },
    ],
  });
  const access = await connect(github, await github.appToken());
  return { github, access, [Symbol.asyncDispose]: () => github.close() };
}

export function connect(github: LocalGitHub, token: string, retries = 0): Promise<GitHubAccess> {
  return connectWithToken({ token, apiUrl: github.apiUrl, repository, retries });
}

/** What a person sees there. */
export const see = async (github: LocalGitHub, path: string): Promise<Answer["body"]> =>
  (await github.as("alice").request("GET", `/repos/${name}${path}`)).body;

/** The writes that reached GitHub, as `METHOD /path`. */
export const writes = (github: LocalGitHub): string[] =>
  github.requests
    .filter(({ method, path }) => method !== "GET" && path !== "/graphql")
    .map(({ method, path }) => `${method} ${path.replace(`/repos/${name}`, "")}`);
