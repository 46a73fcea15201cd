import type { Removed } from "../context/removed.ts";
import { sanitise } from "../context/sanitise.ts";
import type { GitHubAccess } from "../github/access.ts";
import { mayWrite } from "../github/permission.ts";
import { Problem } from "../log/problem.ts";
import { listFiles } from "../workspace/list-files.ts";
import { readFile } from "../workspace/read-file.ts";
import type { Repository } from "../workspace/types.ts";
import type { DraftRequest } from "./draft.ts";

/** What is taken out of honest issues every day, and was to be seen or is no text: sizes of images, folded logs, titles of links, a bar too many in a table. */
const innocent =
  /^(attribute|folded section|image text|link title|link label|table cell|embedded data|fence text|characters beyond the limit)$/;
/** So few characters without a width come with a paste, and say nothing. */
const fewInvisible = 3;

/**
 * Stops a run whose issue hides text from its readers and is by somebody without write access: whoever labelled it has not
 * seen all of it. Comments of the repository's own issue templates are no such text.
 */
export async function requireNothingHidden(
  { issue, config, repository }: Pick<DraftRequest, "issue" | "config" | "repository">,
  access: GitHubAccess,
): Promise<void> {
  if (config.hiddenText === "remove") return;
  const ours = await templateComments(repository);
  const hidden = [issue.title, issue.body].flatMap((text) => hiddenIn(without(ours, text)));
  if (hidden.length === 0) return;
  const trusted = await mayWrite(access, issue.author).catch((error: unknown) => {
    // Somebody whom GitHub does not know is nobody with write access.
    if (error instanceof Problem) return false;
    throw error;
  });
  if (trusted) return;
  const kinds = hidden.map(({ kind, count }) => `${kind} (${count})`).join(", ");
  throw new Problem("issue-hides-text", { issue: issue.number, author: issue.author, kinds });
}

function hiddenIn(text: string): readonly Removed[] {
  const isFew = ({ kind, count }: Removed) => /zero-width|direction/.test(kind) && count <= fewInvisible;
  return sanitise(text).removed.filter((one) => !innocent.test(one.kind) && !isFew(one));
}

async function templateComments(repository: Repository): Promise<string[]> {
  const files = await listFiles(repository, repository.tree);
  const templates = files.filter(({ path }) =>
    /^(\.github\/|docs\/)?issue_template(\/[^/]+)?(\.\w+)?$/i.test(path),
  );
  const texts = await Promise.all(
    templates.slice(0, 50).map(({ path }) => readFile(repository, repository.tree, path)),
  );
  return texts.flatMap((text) => plain(text ?? "").match(/<!--[\s\S]*?-->/g) ?? []);
}

const without = (comments: readonly string[], text: string) =>
  comments.reduce((rest, comment) => rest.replaceAll(comment, ""), plain(text));

const plain = (text: string) => text.replaceAll("\r\n", "\n");
