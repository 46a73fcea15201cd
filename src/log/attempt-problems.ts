import { entry } from "./problem-entry.ts";

/** What may stand against another attempt, or against going back to one. */
export const attemptProblems = {
  "option-unreadable": entry(
    "use",
    ({ option }) => `It cannot be told what ${option} asks for.`,
    () => "model= takes the id of a model, and budget= dollars, for example budget=2.50.",
  ),
  "budget-beyond": entry(
    "use",
    ({ usd }) => `budget=${usd} is more than a run may cost here.`,
    ({ limit }) => `That is at most $${limit}, by FIRSTDRAFT_MAX_USD.`,
  ),
  "no-tests-to-keep": entry(
    "use",
    () => "The attempt that the pull request shows has no tests of its own that could be kept.",
    () => "Comment /regenerate without keep-tests.",
  ),
  "revised-moved": entry(
    "stopped",
    ({ branch }) => `The branch ${branch} moved while the revision was written.`,
    () => "Nothing was overwritten: comment /revise again for one on top of what is there now.",
  ),
  "checks-outdated": entry(
    "stopped",
    ({ sha }) => `The draft does not show ${sha} any more, of which these checks were.`,
    () => "Nothing was changed: what is there now has checks of its own. Comment /revise for another commit.",
  ),
  "checks-passed": entry(
    "stopped",
    ({ sha }) => `No check of ${sha} is red because of the draft any more.`,
    () => "Nothing was changed, and nothing has to be: they were run again, or the base's have ended.",
  ),
  "branch-unrelated": entry(
    "stopped",
    ({ branch, base }) => `The branch ${branch} shares no history with ${base} any more.`,
    () =>
      "Comment /regenerate force for an attempt from the default branch; what is on the branch stays elsewhere.",
  ),
  "commits-lost": entry(
    "stopped",
    ({ branch, shown, count, commits }) =>
      `The branch ${branch} has ${count === 1 ? "a commit" : `${count} commits`} that firstdraft did not make, and ${shown} would take ${count === 1 ? "it" : "them"} off: ${commits}.`,
    ({ ref }) =>
      `To go on without, comment /regenerate force on the pull request, with guidance on the lines below; the branch as it is now stays at ${ref}.`,
  ),
  "attempt-unknown": entry(
    "use",
    ({ attempt }) =>
      attempt === ""
        ? "/use takes the number of an attempt."
        : `There is no attempt ${attempt} of this pull request.`,
    ({ kept }) =>
      kept === ""
        ? "None was kept here: comment /regenerate for another one."
        : `There is ${kept}; comment for example /use ${String(kept).split(",")[0]}.`,
  ),
  "attempt-unseen": entry(
    "stopped",
    () => "This was asked for before the attempt that the pull request shows now.",
    () => "Look at that first, then ask again for what is still missing.",
  ),
  "attempt-too-soon": entry(
    "stopped",
    ({ minutes }) => `Between an attempt and the next there have to be ${minutes} min here.`,
    () => "Ask again then; FIRSTDRAFT_REGENERATE_MINUTES sets how long that is.",
  ),
  "attempts-used-up": entry(
    "stopped",
    ({ attempts }) =>
      `A pull request may have ${attempts} ${attempts === 1 ? "attempt" : "attempts"} here, and this one has had them.`,
    () =>
      "Take it over by hand, say more in a new issue, or raise limits.attempts in .github/firstdraft.yml as far as FIRSTDRAFT_MAX_ATTEMPTS allows.",
  ),
};
