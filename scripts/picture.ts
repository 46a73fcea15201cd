import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { draftPullRequest } from "./picture/draft-pull-request.ts";
import { pageOf } from "./picture/page.ts";

/**
 * Makes docs/pull-request.png from the real thing: a label on the local GitHub, the App, a real verification, and the pull
 * request that came of it, in GitHub's look. Needs Chromium: `CHROMIUM=/path npm run picture` where it is elsewhere.
 */
const place = join(import.meta.dirname, "../docs/pull-request.png");
const page = await pageOf(await draftPullRequest());

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-lcd-text",
    "--no-first-run",
    "--disable-background-networking",
  ],
});
try {
  const view = await browser.newPage({ viewport: { width: 940, height: 600 }, deviceScaleFactor: 1.4 });
  await view.setContent(page);
  await mkdir(join(place, ".."), { recursive: true });
  await view.screenshot({ path: place, fullPage: true });
} finally {
  await browser.close();
}
process.stdout.write(`${place}: ${Math.round((await stat(place)).size / 1000)} kB\n`);
