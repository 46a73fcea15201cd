const sentences: Readonly<Record<string, string>> = {
  "no-pull-request": "this event brings no commits of a pull request, so there is nothing to verify.",
  "pull-request-closed": "the pull request is closed, so there is nothing to verify.",
  "other-event": "this event asks for nothing.",
  "other-label": "this label asks for nothing.",
  "no-command": "the comment holds no command.",
  "not-a-pull-request": "/regenerate and /use are for pull requests; a label asks for an issue's draft.",
  cancel: "a run of the Action is cancelled by its workflow, as the README shows, or on the Actions tab.",
  "nothing-to-generate": "what was asked for is on GitHub already; the job that publishes shows it.",
  "pull-request": "a pull request was labelled, not an issue.",
  bot: "a bot asked, and bots start nothing.",
  archived: "the repository is archived.",
  closed: "the issue or pull request is closed.",
  locked: "the issue or pull request is locked.",
  "unknown-command": "there is no such command; whoever may write is told which there are, in our comment.",
  split: "smaller issues take no run; what was made, or why not, stands in our comment.",
  "no-changes-requested": "the review requests no changes.",
  "not-our-branch": "the review is of no draft of ours.",
  "checks-not-our-branch": "these checks are of no branch of this repository that firstdraft writes.",
  "checks-own-workflow": "this is the end of a run of this workflow itself.",
  "checks-archived": "the repository is archived.",
  "checks-not-our-head":
    "these checks are not of the commit that an open draft of ours shows: it has another head by now, or somebody pushed to it.",
  "checks-config-invalid": "the repository's .github/firstdraft.yml cannot be read; the next label says why.",
  "checks-no-checks": "the draft's commit has no checks.",
  "checks-waiting": "checks of the draft's commit still run; the end of the last one counts.",
  "checks-green": "the draft's checks are green, and its pull request says so.",
  "checks-left": "some of the draft's checks turned red by now; the event of that is answered by itself.",
  "checks-not-green":
    "the draft's checks are not green, and nothing is to be corrected; its pull request says why.",
};

/** Whether it is about checks: nobody asked for anything, so that the workflow's page is where it is looked up. */
export const isOfChecks = (reason: string): boolean => reason.startsWith("checks-");

/** One line: why an event led to nothing, which is no failure. `reason` is `toJob`'s word, or a door's own. */
export function ignoredLine(reason: string): string {
  return `Nothing to do: ${sentences[reason] ?? `${reason}.`}`;
}
