import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import type { PullRequest } from "./draft-pull-request.ts";

/** A pull request as a page in GitHub's look: its title, and its body as the first comment. */
export async function pageOf({ number, title, body, user, base, head }: PullRequest): Promise<string> {
  const look = createRequire(import.meta.url).resolve("github-markdown-css/github-markdown-light.css");
  return `<!doctype html><meta charset="utf-8"><style>${await readFile(look, "utf8")}${frame}</style>
<h1>${text(title)} <span>#${number}</span></h1>
<p class="state"><b>Draft</b> <strong>${text(user.login.replace("[bot]", ""))}</strong> <i>bot</i> wants to merge 1 commit
into <code>${text(base.ref)}</code> from <code>${text(head.ref)}</code></p>
<section><header><strong>${text(user.login.replace("[bot]", ""))}</strong> <i>bot</i> commented</header>
<div class="markdown-body">${html(body)}</div></section>`;
}

/** Markdown as GitHub shows it: with tables, folds, and alerts out of quotes. */
function html(markdown: string): string {
  const page = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return page.replace(
    /<blockquote>\s*<p>\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*([\s\S]*?)<\/blockquote>/g,
    (_, kind: string, rest: string) => {
      const name = `${kind[0]}${kind.slice(1).toLowerCase()}`;
      return `<div class="markdown-alert markdown-alert-${kind.toLowerCase()}"><p class="markdown-alert-title">${name}</p><p>${rest}</div>`;
    },
  );
}

const text = (words: string) => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const frame = `
body { margin: 24px 32px; background: #fff; color: #1f2328; font: 14px/1.5 -apple-system, "Segoe UI", "Liberation Sans", Arial, sans-serif; }
h1 { font-size: 26px; font-weight: 400; margin: 0 0 8px; } h1 span { color: #59636e; }
.state { margin: 0 0 20px; padding-bottom: 16px; border-bottom: 1px solid #d1d9e0; color: #59636e; }
.state b { background: #59636e; color: #fff; border-radius: 2em; padding: 5px 12px; margin-right: 6px; font-weight: 500; }
.state strong, header strong { color: #1f2328; }
i { font-style: normal; font-size: 12px; border: 1px solid #d1d9e0; border-radius: 2em; padding: 0 7px; }
.state code { background: #ddf4ff; color: #0969da; border-radius: 6px; padding: 2px 6px; font-size: 12px; }
section { border: 1px solid #d1d9e0; border-radius: 6px; }
header { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; border-radius: 6px 6px 0 0; padding: 8px 16px; color: #59636e; }
.markdown-body { padding: 16px; font-size: 14px; }
.markdown-body, .markdown-body code { font-synthesis: none; }
`;
