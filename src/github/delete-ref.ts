import type { GitHubAccess } from "./access.ts";
import { statusOf } from "./errors.ts";

/** Deletes a ref, named from behind `refs/`, if it is there. */
export async function deleteRef({ octokit, repository }: GitHubAccess, ref: string): Promise<void> {
  await octokit.rest.git.deleteRef({ ...repository, ref }).catch((error: unknown) => {
    // What is not there, GitHub calls unprocessable.
    if (![404, 422].includes(statusOf(error) ?? 0)) throw error;
  });
}
