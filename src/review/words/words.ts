import { all, any, field, inside, within } from "../matchers.ts";
import type { Matcher } from "../rule.ts";

/** How a language says what the words are about. */
export interface Speech {
  /** A value of a request, as it stands in the code. */
  readonly request: Matcher;
  /** A node that gives a name to a value, and its two fields. */
  readonly declared: readonly { readonly kind: string; readonly name: string; readonly value: string }[];
  readonly functions: Matcher;
  /** The condition of an `if`. */
  readonly condition: Matcher;
  /** A parameter of a handler that holds a value of the request, for the name `$V`. */
  readonly parameter?: Matcher;
  /** A call after which a value is harmless. */
  readonly cleaned: Matcher;
  /** A text that is put together from others at run time. */
  readonly built: Matcher;
  /** What is not known before the program runs, and stands in a `built` text. */
  readonly operand: Matcher;
  /** What is known before the program runs. */
  readonly constant: Matcher;
}

// Parts of a statement that cannot be parameters, and what is no foreign value.
const harmless =
  "(?i)((table|col(umn)?|field|schema|index|key)(_?names?)?|cols|columns|fields|placeholders?|params|clauses?|order\\w*|sort\\w*|where|conditions?|marks|limit|offset|prefix|suffix|sql|query|count|size)(\\(\\))?$|(quote|escape|ident|\\bint|\\blen|join)\\w*\\(";

/**
 * What the rules of a language name by `matches`. `asked`: a request's value. `request`: the same, not cleaned. `variable`:
 * a name that was given one in the same function, and that no condition there looks at. `tainted`: either, or what holds
 * one. `built`: a text put together at run time. `harmful`: a part of it that may be anybody's. `constant`: neither.
 */
export function wordsOf(speech: Speech): Record<string, Matcher> {
  const isRequest = any({ matches: "request" }, within({ matches: "request" }));
  const name: Matcher = { pattern: "$V" };
  const given = speech.declared.map(({ kind, name: named, value }) =>
    all({ kind }, field(named, any(name, within(name))), field(value, isRequest)),
  );
  const sources = [...given.map((one) => inside(all(speech.functions, within(one)))), ...parameters(speech)];
  const looked = all(speech.condition, within(name), {
    not: { regex: "^\\(?\\s*(!|not )?\\s*\\w+\\s*\\)?$" },
  });
  const variable = all({ kind: "identifier" }, name, any(...sources), {
    not: inside(all(speech.functions, within(looked))),
  });
  const dirty = { not: any(speech.cleaned, inside(speech.cleaned)) };
  return {
    asked: any(speech.request, ...parameters(speech).map((one) => all({ kind: "identifier" }, name, one))),
    request: all(speech.request, dirty),
    variable: all(variable, dirty),
    tainted: any(
      { matches: "request" },
      { matches: "variable" },
      all({ not: speech.functions }, within(any({ matches: "request" }, { matches: "variable" })), {
        not: speech.cleaned,
      }),
    ),
    built: speech.built,
    harmful: all(
      speech.operand,
      { not: { regex: harmless } },
      { not: { regex: "^([\\w.]+[.:])?[A-Z][A-Z0-9_]+$" } },
    ),
    constant: speech.constant,
  };
}

function parameters({ parameter }: Speech): Matcher[] {
  return parameter === undefined ? [] : [parameter];
}
