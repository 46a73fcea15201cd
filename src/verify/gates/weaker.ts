import { type Check, checksIn, isLoose } from "./assertions.ts";
import { shareOf, wordsIn } from "./likeness.ts";
import type { TestBlock } from "./test-blocks.ts";

/** A check counts as still there if so much of what it is about stands in what was added. */
const alike = 0.7;
/** Each is compared with each. */
const most = 300;
/** One that takes over several is at least so long, measured by theirs. */
const merged = 0.6;

/**
 * What a test checks less than before, as the end of a sentence that begins with its name; null if nothing.
 * `elsewhere`: the words of what the change adds to other tests, where checks may have gone. `proven`: what those of them
 * check that fail on the base; a check that is gone may be there with another expectation.
 */
export function weakerThan(
  before: TestBlock,
  after: TestBlock,
  elsewhere: readonly ReadonlySet<string>[],
  proven: readonly Check[] = [],
): string | null {
  const [old, now] = [checksIn(before), checksIn(after)];
  const removed = without(old, now).slice(0, most);
  const added = without(now, old).slice(0, most);
  const room = added.map((check) => ({
    words: wordsIn([check.text]),
    left: check.text.length / merged,
    uses: 0,
  }));
  const lost = removed.filter(({ text }) => {
    const words = wordsIn([text]);
    if (elsewhere.some((others) => shareOf(words, others) >= alike)) return false;
    if (proven.some((other) => !isLoose(other.code) && isExpectedAnew(text, other.text))) return false;
    const keeper = room.find(
      (one) => shareOf(words, one.words) >= alike && (one.uses === 0 || one.left >= text.length),
    );
    if (keeper === undefined) return true;
    keeper.left -= text.length;
    keeper.uses++;
    return false;
  });
  const fewer = old.length - now.length;
  const others = Math.max(0, added.length - (removed.length - lost.length));
  if (fewer > 0 && lost.length > others) {
    const count = Math.min(fewer, lost.length);
    return `has ${count === 1 ? "an assertion" : `${count} assertions`} less than before`;
  }
  const strict = (checks: readonly Check[]) => checks.filter(({ code }) => !isLoose(code)).length;
  const loosened = now.length - strict(now) - (old.length - strict(old));
  if (loosened > 0 && strict(now) < strict(old)) return "checks more loosely than before";
  if (removed.some((check) => added.some((other) => isUnawaited(check, other))))
    return "no longer waits for an assertion";
  if (removed.some((check) => added.some((other) => isMoreTolerant(check.text, other.text))))
    return "allows a larger difference than before";
  return null;
}

/** Those of `checks` that are not among `others`, each of which counts once. */
function without(checks: readonly Check[], others: readonly Check[]): Check[] {
  const known = new Map<string, number>();
  for (const { text } of others) known.set(text, (known.get(text) ?? 0) + 1);
  return checks.filter(({ text }) => {
    const count = known.get(text) ?? 0;
    known.set(text, count - 1);
    return count <= 0;
  });
}

/** Whether both begin with the same call and its arguments, and so are about the same, whatever they expect of it. */
function isExpectedAnew(was: string, is: string): boolean {
  let same = 0;
  while (same < was.length && was[same] === is[same]) same++;
  return same >= 0.4 * was.length && /\w\([^()]+\)/.test(was.slice(0, same));
}

const isUnawaited = (before: Check, after: Check) =>
  /^(?:await|return)\s/.test(before.text) && before.text.replace(/^(?:await|return)\s+/, "") === after.text;

// Digits that have to agree: the more, the stricter. Of the others: the less.
const digits = /(\b(?:places|decimal)\s*=\s*|\btoBeCloseTo\([^,]+,\s*)([\d.]+)/;
const margin =
  /(\b(?:rel|abs|delta|rtol|atol|rel_tol|abs_tol|tolerance|epsilon|eps)\s*=\s*|\.(?:margin|epsilon|within)\(\s*|\b(?:EXPECT|ASSERT)_NEAR\(.*,\s*|\bIn(?:Delta|Epsilon)\(.*,\s*|\b(?:closeTo|approximately|within)\(.*,\s*|\bassertEquals\(.*,.*,\s*)([\d.]+(?:e-?\d+)?)/i;

function isMoreTolerant(before: string, after: string): boolean {
  return [digits, margin].some((pattern) => {
    const [was, is] = [pattern.exec(before)?.[2], pattern.exec(after)?.[2]];
    if (was === undefined || is === undefined) return false;
    const same = before.replace(pattern, "$1") === after.replace(pattern, "$1");
    return same && (pattern === digits ? Number(is) < Number(was) : Number(is) > Number(was));
  });
}
