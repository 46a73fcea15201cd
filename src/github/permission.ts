import type { GitHubAccess } from "./access.ts";
import { orProblem } from "./errors.ts";

/** GitHub's own roles. A custom role has a name of its own, and `permission` says what it amounts to. */
const roles: ReadonlyMap<string, boolean> = new Map([
  ["admin", true],
  ["maintain", true],
  ["write", true],
  ["triage", false],
  ["read", false],
  ["none", false],
]);

/** Whether somebody may push to the repository. Throws where GitHub does not say so: no answer is never a yes. */
export function mayWrite(access: GitHubAccess, login: string): Promise<boolean> {
  return orProblem(access, async () => {
    const { data } = await access.octokit.rest.repos.getCollaboratorPermissionLevel({
      ...access.repository,
      username: login,
    });
    return roles.get(data.role_name) ?? ["admin", "write"].includes(data.permission);
  });
}
