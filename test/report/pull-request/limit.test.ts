import { expect, test } from "@jest/globals";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { withMarkers } from "../../../src/github/marker.ts";
import { accountOf } from "../../../src/report/account.ts";
import { folded } from "../../../src/report/folded.ts";
import { body } from "../../../src/report/pull-request/body.ts";
import { firstScreen } from "../../../src/report/pull-request/first-screen.ts";
import type { Finding } from "../../../src/verify/types.ts";
import { draftOf, suite, verified } from "../../helpers/verification.ts";
import { evidence, reportOf } from "./report.ts";

const hostile =
  "x | `` </details></summary> <img src=//evil.example> @ada closes #9 [a](https://evil.example) \n# ~~~";
const html = (text: string) =>
  micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });

function huge(many: number) {
  const numbers = Array.from({ length: many }, (_, index) => index);
  const findings = numbers.map(
    (index): Finding => ({
      ...{ gate: "g", weight: index % 2 ? "blocking" : "remark", file: `${hostile}${index}` },
      ...{ line: index, reason: hostile },
    }),
  );
  const verification = verified({
    tests: numbers.map((index) =>
      evidence(`${hostile}${index}`, ["absent", "failed", "passed"], {
        ...{ file: hostile, message: `${hostile}\n\`\`\`\n`.repeat(20), flaky: index % 7 === 0 },
      }),
    ),
    suites: { base: suite([], { problem: "runner-failed", output: `${hostile}\n`.repeat(500) }) },
    findings,
    testCommand: hostile,
  });
  const draft = draftOf(verification, {
    summary: `${hostile.repeat(20)}\n\n**Requirements**\n\n${`- ${hostile.replace("\n", " ")} — ${hostile.replace("\n", " ")}\n`.repeat(many)}`,
    changes: numbers.map((index) => ({
      // As a path of a repository can be: no name in it is empty.
      ...{ path: `src/auth/${hostile.replaceAll("//", "/")}${index}`, status: "added", binary: false },
      hunks: [{ at: 1, removed: [], added: [{ line: 1, text: "eval(x)" }] }],
    })),
    notices: numbers.map(() => ({ kind: "left-out", path: hostile, reason: "protected" })),
    seen: numbers.map(() => ({
      ...{ kind: "remark", where: hostile, by: hostile, characters: 9, removed: [], cut: 0 },
    })),
  });
  return reportOf(verification, { draft });
}

test("a body of thousands of hostile tests has room on GitHub: details are cut and that is said, the first screen never is", () => {
  const report = huge(3_000);
  const text = body(report);
  const published = withMarkers(text, [
    "<!-- firstdraft:issue-12 -->",
    `<!-- firstdraft:text-${"a".repeat(64)} -->`,
  ]);
  expect(published.length).toBeLessThanOrEqual(65_536);
  expect(published.startsWith(text)).toBe(true);
  expect(text.startsWith(`${firstScreen(report, accountOf(report.draft.summary))}\n\n<details>`)).toBe(true);
  expect(text).toMatch(
    /\n\nCut here: \d+ more lines of details have no room in GitHub's 65,536 characters\.\n\nA generated change /,
  );
});

test("nothing of it acts, and every fold is closed", () => {
  const report = huge(40);
  const page = html(body(report));
  const folds = page.match(/<details>/g)?.length ?? 0;
  expect(folds).toBeGreaterThan(4);
  expect(page.match(/<\/details>/g)).toHaveLength(folds);
  const outside = page.replace(/<code[^>]*>[\s\S]*?<\/code>/g, "");
  expect(outside).not.toMatch(/<(img|del|script)/);
  expect(html(firstScreen(report, accountOf(report.draft.summary)))).not.toMatch(/<h[12]/);
  expect(outside).not.toMatch(/@ada|#9\b/);
  const addresses = [...page.matchAll(/href="([^"]*)"/g)].map((match) => match[1] ?? "");
  expect(addresses.length).toBeGreaterThan(0);
  for (const address of addresses) expect(address).toMatch(/^https:\/\/github\.example\/acme\/sums\/blob\//);
  expect(outside.match(/#\d+/g)).toEqual(["#12"]);
});

test("a fold ends after a whole piece, and later folds wait behind it", () => {
  const pieces = ["a".repeat(100), "b".repeat(100), "c".repeat(100)];
  const folds = [
    { summary: "one", head: "| h |", pieces, between: "\n" },
    { summary: "two", pieces: ["short"], between: "\n" },
  ] as const;
  expect(folded(folds, 1_000)).not.toContain("Cut here");
  expect(folded(folds, 350)).toBe(
    `<details><summary>one</summary>\n\n| h |\n${pieces[0]}\n\n</details>\n\nCut here: 3 more lines of details have no room in GitHub's 65,536 characters.`,
  );
  expect(folded(folds, 50)).toBe(
    "Cut here: 4 more lines of details have no room in GitHub's 65,536 characters.",
  );
  expect(folded([], 1_000)).toBe("");
});
