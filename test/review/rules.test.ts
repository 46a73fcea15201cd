import { afterAll, expect, jest, test } from "@jest/globals";
import type { Match } from "../../src/review/engine.ts";
import type { Grammar, Language } from "../../src/review/languages.ts";
import { topics } from "../../src/review/rules/index.ts";
import { openSearcher } from "../../src/review/searcher.ts";

jest.setTimeout(300_000);
const searcher = openSearcher(60_000);
afterAll(async () => searcher[Symbol.asyncDispose]());

const languages: readonly Language[] = ["python", "javascript", "go", "rust", "java", "cpp"];
const grammars = (language: Language): readonly Grammar[] =>
  language === "javascript" ? ["javascript", "typescript", "tsx"] : [language];
const rules = topics.flatMap((topic) => topic.rules);

test.each(topics.map(({ name, rules }) => ({ name, rules })))(
  "every rule about $name reports its bad code, in its line, and nothing of the good",
  async ({ rules }) => {
    for (const { id, language, bad, good } of rules) {
      for (const grammar of grammars(language)) {
        const found = async (text: string): Promise<readonly Match[] | string> =>
          searcher.search({ grammar, text, lines: null, only: [id] });
        for (const text of bad) {
          expect({ id, grammar, text, found: await found(text) }).toMatchObject({
            found: [{ rule: id, line: lineOf(text) }],
          });
        }
        for (const text of good)
          expect({ id, grammar, text, found: await found(text) }).toMatchObject({ found: [] });
      }
    }
  },
);

test("each topic has a rule for each language, or says why it has none", () => {
  for (const { name, rules, without } of topics) {
    const told = languages.map((language) => ({
      topic: name,
      language,
      told: rules.some((rule) => rule.language === language) !== (without[language] !== undefined),
    }));
    expect(told.filter(({ told }) => !told)).toEqual([]);
  }
});

test("each rule has both examples, a name of its own, and a sentence for a person", () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const { id, bad, good, sentence, cwe } of rules) {
    expect({ id, bad: bad.length > 0, good: good.length > 0 }).toEqual({ id, bad: true, good: true });
    expect(sentence).toMatch(/^[A-Z].{30,200}\.$/);
    expect(cwe).toBeGreaterThan(0);
  }
});

/** The line that says so, or the one after it, or the first. */
function lineOf(text: string): number {
  const lines = text.split("\n");
  const here = lines.findIndex((line) => line.endsWith(" here"));
  const below = lines.findIndex((line) => line.endsWith(" below"));
  if (below >= 0) return below + 2;
  return here < 0 ? 1 : here + 1;
}
