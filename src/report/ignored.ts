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
};

/** One line: why an event led to nothing, which is no failure. `reason` is `toJob`'s word, or a door's own. */
export function ignoredLine(reason: string): string {
  return `Nothing to do: ${sentences[reason] ?? `${reason}.`}`;
}
