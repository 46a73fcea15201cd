import type { GitHubAccess } from "../github/access.ts";
import { textDigest } from "../github/issue.ts";
import { partMarker } from "../github/marker.ts";
import { makeIssue, ownIssues } from "../github/own-issues.ts";
import { mayWrite } from "../github/permission.ts";
import { acknowledge } from "../github/reaction.ts";
import { readStatus, stickyComment } from "../github/sticky-comment.ts";
import type { Job } from "../job/job.ts";
import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import { partIssue, splitComment, splitWord } from "../report/split.ts";
import { refuse } from "./intake.ts";
import { readWaiting } from "./waiting.ts";

/**
 * Makes the smaller issues that were proposed for a task, each once however often this is done, and puts the list of them in
 * the proposal's place. None of them is labelled. Returns what stood against it, or null.
 */
export async function split(job: Job, access: GitHubAccess, redact: Redact): Promise<Problem | null> {
  const { request, requestedBy, repository } = job;
  if (request.kind !== "split") throw new Error(`${job.key} splits nothing`);
  const { issue, comment } = request;
  const against = async (problem: Problem, isSeen = true) => {
    if (isSeen) await acknowledge(access, comment, "confused");
    await refuse(job, access, problem, redact);
    return problem;
  };
  const { login } = requestedBy;
  if (!(await mayWrite(access, login))) {
    const name = `${repository.owner}/${repository.repo}`;
    return against(new Problem("no-write-access", { login, repository: name }), false);
  }
  const waits = await readWaiting(access, issue.number);
  // Killed after its last word, it is done again.
  if (waits === null && (await readStatus(access, issue.number)).startsWith(splitWord)) {
    await acknowledge(access, comment, "eyes");
    return null;
  }
  if (waits?.held?.for !== "split") return against(new Problem("nothing-to-split", { issue: issue.number }));
  if (waits.digest !== textDigest(issue))
    return against(new Problem("issue-changed", { issue: issue.number, part: "text" }));
  await acknowledge(access, comment, "eyes");
  const { parts } = waits.held.assessment;
  const markers = parts.map((part, index) =>
    partMarker(issue.number, index + 1, textDigest({ ...issue, ...part })),
  );
  const made = await ownIssues(access, markers);
  const numbers: number[] = [];
  for (const [index, part] of parts.entries()) {
    const marker = markers[index] ?? "";
    const { title, body } = partIssue(part, { index, of: parts.length, issue: issue.number, askedBy: login });
    const number =
      made.get(marker) ?? (await makeIssue(access, { title: redact(title), body: redact(body), marker }));
    numbers.push(number);
  }
  await stickyComment(access, issue.number)(redact(splitComment(numbers, login)));
  return null;
}
