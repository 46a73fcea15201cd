import type { GitHubAccess } from "./access.ts";
import { orProblem, statusOf } from "./errors.ts";

/** The labels that say how a pull request was judged. None of them asks for anything, whoever sets it. */
export const verdictLabels = {
  verified: {
    name: "firstdraft: verified",
    color: "2da44e",
    description: "A test fails without this change and passes with it",
  },
  "tests-pass": {
    name: "firstdraft: tests pass",
    color: "54aeff",
    description: "The suite is green, but no test proves this change",
  },
  unverified: {
    name: "firstdraft: unverified",
    color: "d4a72c",
    description: "The tests could not be run",
  },
  failed: {
    name: "firstdraft: failed",
    color: "cf222e",
    description: "Something is wrong with this change",
  },
} as const;

type Label = (typeof verdictLabels)[keyof typeof verdictLabels];

/**
 * Gives a pull request the label of its verdict, and takes away those of other verdicts, first: an old one that stays
 * because the rest failed would say what no longer holds. All other labels stay.
 */
export function setVerdictLabel(
  access: GitHubAccess,
  number: number,
  verdict: keyof typeof verdictLabels,
): Promise<void> {
  const wanted = verdictLabels[verdict];
  const { octokit, repository } = access;
  const at = { ...repository, issue_number: number };
  return orProblem(access, async () => {
    // GitHub allows no more than a hundred for one issue.
    const { data } = await octokit.rest.issues.listLabelsOnIssue({ ...at, per_page: 100 });
    const has = new Set(data.map(({ name }) => name.toLowerCase()));
    for (const { name } of Object.values(verdictLabels)) {
      if (name !== wanted.name && has.has(name))
        await octokit.rest.issues.removeLabel({ ...at, name }).catch(unless(404));
    }
    if (has.has(wanted.name)) return;
    await make(access, wanted);
    await octokit.rest.issues.addLabels({ ...at, labels: [wanted.name] });
  });
}

/** Makes the label in the repository, unless there is one: its colour and description are its people's then. */
async function make({ octokit, repository }: GitHubAccess, label: Label): Promise<void> {
  const found = await octokit.rest.issues.getLabel({ ...repository, name: label.name }).catch(unless(404));
  // Another run may have made it just now.
  if (found === null) await octokit.rest.issues.createLabel({ ...repository, ...label }).catch(unless(422));
}

const unless =
  (status: number) =>
  (error: unknown): null => {
    if (statusOf(error) === status) return null;
    throw error;
  };
