import { count, money } from "./figures.ts";
import { code, inertLine } from "./inert.ts";
import type { Notice } from "./outcome.ts";

const leftOut = {
  protected: "it is a protected path; `allow:` in `.github/firstdraft.yml` lets drafts change it",
  lockfile:
    "no manifest changes with it, and a lockfile alone can bring in other code under the same names; `allow:` in `.github/firstdraft.yml` lets drafts change it",
  "kept-test": "the tests of the attempt before were to stay as they are",
  symlink: "a draft adds no symbolic links",
  submodule: "a draft adds no repository inside the repository",
} as const;

/** The limits that many runs share, as a person reads them. */
export const shared = {
  issue: "what this issue may cost",
  repositoryDay: "what this repository may cost that day",
  installationMonth: "what this installation may cost that month",
} as const;

/** One sentence for each thing that the reader of a draft has to know, as a list. */
export function noticeList(notices: readonly Notice[]): string {
  return notices.map((notice) => `- ${sentence(notice)}`).join("\n");
}

function sentence(notice: Notice): string {
  switch (notice.kind) {
    case "hidden-text": {
      const kinds = notice.removed.map(({ kind, count }) => `${kind} (${count})`).join(", ");
      return `Text that readers do not see was removed from ${inertLine(notice.where)} before the model saw it: ${kinds}.`;
    }
    case "left-out":
      return `The model also changed ${code(notice.path)}; that was left out, since ${leftOut[notice.reason]}.`;
    case "setup-failed":
      return "Dependencies could not be installed where the model worked.";
    case "lfs-pointers":
      return "Files that the repository keeps in Git LFS were pointers to the model and to the tests: their contents are not fetched.";
    case "second-look": {
      const what =
        notice.found === 0
          ? "found nothing to point to"
          : `has ${count(notice.found, "remark")}, see the findings`;
      const dropped =
        notice.dropped === 0
          ? ""
          : ` ${count(notice.dropped, "remark")} that pointed to nothing in it ${notice.dropped === 1 ? "was" : "were"} left out.`;
      return `A second session of the model, which saw only the issue, the difference and the findings, looked at the change${notice.again ? " again after a correction" : ""} and ${what}.${dropped}`;
    }
    case "no-second-look":
      return `No second session of the model looked at the change${notice.again ? " again after its correction" : ""}: ${notice.why}.`;
    case "assessed":
      return `Before it began, the model found ${notice.open ? "something" : "nothing"} left open by the issue: ${inertLine(notice.reason)}`;
    case "not-assessed":
      return `The model did not look at what the issue leaves open before it began: ${notice.why}.`;
    case "agreed":
      return `Agreed by ${code(notice.by)} before it began: ${inertLine(notice.text)}`;
    case "taken-since":
      return `Since this was asked for, the issue seems to have come into somebody else's hands too: ${inertLine(notice.held)}.`;
    case "price-unknown":
      return `The price of ${code(notice.model)} is not known: tokens, turns and time were limited, dollars were not.`;
    case "limit-lowered":
      return `The run had ${money(notice.usd)} to spend, which was left of ${shared[notice.purse]}.`;
  }
}
