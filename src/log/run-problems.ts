import { entry } from "./problem-entry.ts";

const replies: Record<string, string> = {
  missing: "it does not exist",
  "not-ours": "somebody else opened it",
  "from-fork": "it comes from a fork",
  "no-marker": "its description no longer ends as firstdraft wrote it",
  closed: "it is closed",
  merged: "it is merged",
};

/** What may end a run between the trigger and the pull request. */
export const runProblems = {
  "no-write-access": entry(
    "use",
    ({ login, repository }) => `${login} may not ask for a draft: that takes write access to ${repository}.`,
    () => "Ask somebody with write access to do it.",
  ),
  cancelled: entry(
    "stopped",
    ({ login }) => `${login} cancelled this.`,
    () => "To start again, take the label off and add it again; on a pull request, comment /regenerate.",
  ),
  "cancel-not-allowed": entry(
    "use",
    ({ login, repository }) => `${login} may not cancel this: that takes write access to ${repository}.`,
    () => "Ask somebody with write access to do it.",
  ),
  "command-unknown": entry(
    "use",
    () => "That is none of the commands here.",
    () =>
      "On the pull request, first on a line: `/revise` with what to change for one more commit; `/regenerate` with what to do differently for another attempt; `/use` with the number of an attempt to have that one shown. On the issue: `/plan` for a plan without code; `/approve` to go on with what waits there; `/split` where smaller issues are proposed. On either: `/cancel`.",
  ),
  "cancel-nothing": entry(
    "stopped",
    () => "There is nothing to cancel here: no run that was asked for before waits or is at work.",
    () => "The comment above says how the last one ended.",
  ),
  "cancel-too-late": entry(
    "stopped",
    () => "The run had come to its end when it was cancelled.",
    () => "Close the pull request if it is not wanted.",
  ),
  "repository-became-public": entry(
    "stopped",
    () => "The repository became public during the run, so nothing was published.",
    () => "If the draft may be public too, take the label off and add it again.",
  ),
  "label-removed": entry(
    "stopped",
    ({ label, issue }) => `The label ${label} was taken off issue ${issue} before the run had started.`,
    () => "Add it again to start a run.",
  ),
  "issue-closed": entry(
    "stopped",
    ({ issue }) => `Issue ${issue} was closed meanwhile, so nothing was published.`,
    () => "Reopen it and add the label again.",
  ),
  "issue-locked": entry(
    "stopped",
    ({ issue }) => `Issue ${issue} is locked, so nothing was published.`,
    () => "Unlock it and add the label again.",
  ),
  "issue-transferred": entry(
    "stopped",
    ({ issue, to }) => `Issue ${issue} was moved to ${to}.`,
    () => "Add the label to it there, if firstdraft is at work in that repository.",
  ),
  "issue-changed": entry(
    "stopped",
    ({ issue, part }) => `The ${part} of issue ${issue} was changed after it was labelled.`,
    () => "Read it again, and if it is still what you want, take the label off and add it again.",
  ),
  "issue-taken": entry(
    "stopped",
    ({ issue, held }) =>
      `Issue ${issue} seems to be in somebody's hands already: ${held}. Nothing was spent.`,
    () => "If it is to be drafted all the same, comment /approve here; that takes write access.",
  ),
  "no-plan": entry(
    "stopped",
    ({ why }) => `There is no plan: ${why}.`,
    () => "Comment /plan to try again, or add the label to have it drafted.",
  ),
  "nothing-to-split": entry(
    "use",
    ({ issue }) => `Nothing waits for /split on issue ${issue}.`,
    () => "Comment /plan: where the task is too large for one pull request, that proposes smaller issues.",
  ),
  "nothing-waits": entry(
    "use",
    ({ issue }) => `Nothing waits for /approve on issue ${issue}.`,
    () => "Add the label to ask for a draft.",
  ),
  "issue-hides-text": entry(
    "stopped",
    ({ issue, author, kinds }) =>
      `Issue ${issue} hides text from its readers, and ${author}, who wrote it, has no write access: ${kinds}.`,
    () =>
      "Look at its source (Edit), take out what is not to be read, and add the label again. Or set hiddenText: remove in .github/firstdraft.yml: then it is removed and said, and the run goes on.",
  ),
  "issue-empty": entry(
    "use",
    ({ issue }) => `Issue ${issue} has no text that says what to change.`,
    () => "Describe what happens now and what should happen instead, then add the label again.",
  ),
  "issue-is-pull-request": entry(
    "use",
    ({ issue }) => `Number ${issue} is a pull request, not an issue.`,
    () => "Give an issue's number; on a draft of firstdraft's own, comment /regenerate.",
  ),
  "pull-request-missing": entry(
    "use",
    ({ number, repository }) => `There is no pull request ${number} in ${repository}.`,
    () => "Give the number of one that is open; an issue is none.",
  ),
  "not-regenerable": entry(
    "use",
    ({ number, why }) => `Pull request ${number} cannot be drafted again: ${replies[String(why)] ?? why}.`,
    ({ why }) =>
      why === "no-marker"
        ? "Take the label off its issue and add it again: another attempt writes the description anew."
        : "Only an open pull request that firstdraft opened can; label an issue to get one.",
  ),
  "already-running": entry(
    "stopped",
    () => "A run of this is under way or waiting already.",
    () => "Wait for its result, then ask again.",
  ),
  "given-up": entry(
    "infrastructure",
    ({ reason }) => `The run failed again and again: ${reason}`,
    () => "Look at the log of firstdraft; then take the label off and add it again.",
  ),
  "model-declined": entry(
    "stopped",
    ({ text }) => `The model declined to work on this${text === "" ? "" : `: ${text}`}`.replace(/\.?$/, "."),
    () => "Nothing was published. Word the issue differently, or write the change by hand.",
  ),
  "model-key": entry(
    "infrastructure",
    ({ message }) => `The model's API does not accept the key (${message}).`,
    () => "Set ANTHROPIC_API_KEY to a valid key, then ask again.",
  ),
  "model-overloaded": entry(
    "infrastructure",
    ({ message }) => `The model's API is overloaded (${message}).`,
    () => "Try again later.",
  ),
  "model-rate-limit": entry(
    "infrastructure",
    ({ message }) => `The model's API limits the rate of requests (${message}).`,
    () => "Try again later, or raise the limit of the key's organisation.",
  ),
  "model-spend-limit": entry(
    "infrastructure",
    ({ message }) => `The spend limit of the model's key is reached (${message}).`,
    () => "Raise it with the model's provider, or wait until it is renewed; then ask again.",
  ),
  "model-request": entry(
    "infrastructure",
    ({ message }) => `The model's API refused the request (${message}).`,
    () => "Check the model's name (FIRSTDRAFT_MODEL, or model in .github/firstdraft.yml), then ask again.",
  ),
  "model-unreachable": entry(
    "infrastructure",
    ({ message }) => `The model's API could not be reached (${message}).`,
    () => "Check the network and ANTHROPIC_BASE_URL.",
  ),
  "model-unpriced": entry(
    "use",
    ({ model }) => `The price of the model ${model}, which was asked for, is not known here.`,
    () =>
      "Name another after model= or in .github/firstdraft.yml, or let the operator set FIRSTDRAFT_MODEL and FIRSTDRAFT_PRICE.",
  ),
  "secret-in-change": entry(
    "stopped",
    () => "The change holds a secret of this installation, so nothing was published.",
    () => "Find out how it got there, and replace that secret.",
  ),
  "secret-form-in-change": entry(
    "stopped",
    ({ place, rule, more }) =>
      `The change adds what has the form of a secret (${rule}) at ${place}${more === 0 ? "" : ` and ${more} more`}, so nothing was published.`,
    () =>
      "If it is an example, e.g. for a test, name its file under exampleSecrets in .github/firstdraft.yml and ask again; else find out where it is from.",
  ),
  "draft-file-missing": entry(
    "stopped",
    ({ path }) => `The job that generates handed on no draft: there is no ${path}.`,
    () => "The log of that job says why it ended; then ask again.",
  ),
  "draft-file-refused": entry(
    "stopped",
    ({ why }) => `The draft that was handed on is not published: ${why}.`,
    () =>
      "Ask again; if it stays, look at the log of the job that generates, and what else that job may have run.",
  ),
  "issue-file-unreadable": entry(
    "use",
    ({ path, why }) => `The issue ${path} cannot be read: ${why}.`,
    () => "Give a text file: the title in the first line, then what to change.",
  ),
  "issue-name-invalid": entry(
    "use",
    ({ text }) => `"${text}" does not name an issue.`,
    () => "Give it as owner/repo#12.",
  ),
  "event-unreadable": entry(
    "use",
    ({ why }) => `The event cannot be read: ${why}.`,
    () =>
      "firstdraft works on the events issues, issue_comment, pull_request, pull_request_review and workflow_dispatch as GitHub sends them.",
  ),
  "input-missing": entry(
    "use",
    ({ name }) => `The input ${name} is not set.`,
    ({ name, value }) => `Give it to the step: with: ${name}: \${{ ${value} }}`,
  ),
  "input-key-missing": entry(
    "use",
    () => "The input anthropic-api-key is not set, and no draft can be made without a model.",
    () =>
      `Give it to the step: with: anthropic-api-key: \${{ secrets.ANTHROPIC_API_KEY }}; the modes publish and verify need none.`,
  ),
  "run-broken": entry(
    "infrastructure",
    ({ reason }) => `The run broke off: ${reason}`,
    () => "Look at its log, then ask again.",
  ),
  "run-cancelled": entry(
    "stopped",
    () => "The run was cancelled before its end.",
    () => "Ask again when you want to.",
  ),
  "variable-missing": entry(
    "use",
    ({ name }) => `The environment variable ${name} is not set.`,
    ({ purpose }) => `Set it to ${purpose}.`,
  ),
  "option-missing": entry(
    "use",
    ({ name }) => `The option ${name} is missing.`,
    ({ command }) => `firstdraft ${command} --help shows how it is called.`,
  ),
};
