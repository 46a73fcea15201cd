import { code, inertLine } from "./inert.ts";
import type { Notice } from "./outcome.ts";

const leftOut = {
  protected: "it is a protected path; `allow:` in `.github/firstdraft.yml` lets drafts change it",
  lockfile:
    "no manifest changes with it, and a lockfile alone can bring in other code under the same names; `allow:` in `.github/firstdraft.yml` lets drafts change it",
  symlink: "a draft adds no symbolic links",
  submodule: "a draft adds no repository inside the repository",
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
    case "price-unknown":
      return `The price of ${code(notice.model)} is not known: tokens, turns and time were limited, dollars were not.`;
  }
}
