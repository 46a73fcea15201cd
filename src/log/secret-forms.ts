import { rules } from "@secretlint/secretlint-rule-preset-recommend";

/** A place in a text that has the form of a secret. */
export interface SecretForm {
  /** Which, in a word: `slack`, `private key`. */
  readonly rule: string;
  readonly start: number;
  /** One behind its last character. */
  readonly end: number;
}

/** What secretlint's rules ask for and give, as far as it is used here: https://github.com/secretlint/secretlint */
interface Rule {
  readonly meta: { readonly id: string; readonly type: string };
  create(context: object, options: object): { file?(source: object): unknown };
}

let report: (range: readonly [number, number]) => void = () => {};
const context = {
  sharedOptions: {},
  createTranslator: () => () => ({ message: "" }),
  report: ({ range }: { range: readonly [number, number] }) => report(range),
  ignore: () => {},
};

/** Without the rule by which a comment in the text itself switches the others off. */
const scanners = (rules as readonly Rule[])
  .filter(({ meta }) => meta.type === "scanner" && !meta.id.endsWith("-filter-comments"))
  .map((rule) => ({ rule: wordOf(rule.meta.id), scan: rule.create(context, {}).file }));

/** Where a text has the form of a secret, by secretlint's recommended rules, in the order of the text. */
export function secretForms(text: string): SecretForm[] {
  const found: SecretForm[] = [];
  for (const { rule, scan } of scanners) {
    report = ([start, end]) => found.push({ rule, start, end });
    // Without a path no rule reads a file.
    scan?.({ content: text, contentType: "text", ext: "" });
  }
  return found.sort((left, right) => left.start - right.start);
}

function wordOf(id: string): string {
  const word = id.replace("@secretlint/secretlint-rule-", "").replaceAll("-", " ");
  return word === "privatekey" ? "private key" : word;
}
