import type { Correction, Forward } from "../exchange.ts";
import type { Identities } from "../identities.ts";
import { learnTokens, timesOfApp, unknownToken, userOfInstallation, viewer } from "./callers.ts";
import { checkRuns } from "./checks.ts";
import { closingPullRequests } from "./closing.ts";
import { committedByGitHub, emptyRepository } from "./commits.ts";
import { tooLong } from "./lengths.ts";
import { permission } from "./permission.ts";
import { currentHead, draftStays, issueOfPullRequest, openOnce } from "./pull-requests.ts";
import { reactions } from "./reactions.ts";
import { nodeIds, readyForReview, repositoryChecks } from "./repository-checks.ts";
import { checkRights, pullRequestRights } from "./rights.ts";
import { reviewThreads } from "./threads.ts";

/** emulate, behaving as GitHub does in all that is asked of it here. `appIds`: by installation. */
export function correct(
  emulate: Forward,
  identities: Identities,
  appIds: ReadonlyMap<number, number>,
  url: string,
): Forward {
  const corrections: Correction[] = [
    timesOfApp,
    unknownToken(identities),
    userOfInstallation(identities),
    viewer(identities),
    learnTokens(identities, appIds),
    checkRights(),
    pullRequestRights(),
    tooLong,
    emptyRepository,
    permission,
    committedByGitHub(identities),
    checkRuns(identities, `${url}/api/v3`),
    issueOfPullRequest,
    openOnce,
    draftStays,
    repositoryChecks(url),
    readyForReview,
    nodeIds,
    reactions(identities),
    closingPullRequests,
    reviewThreads(identities),
    currentHead,
  ];
  return corrections.reduceRight<Forward>(
    (next, correction) => (request) => correction(request, next),
    emulate,
  );
}
