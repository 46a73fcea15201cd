import type { Count } from "./removed.ts";

/** Scripts whose spelling needs joiners between letters. */
const joining =
  "[\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}" +
  "\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}" +
  "\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Mongolian}\\p{Script=Tibetan}]";

/** What is kept although it cannot be seen, because what is next to it gives it a meaning that can. */
const meaningful = new RegExp(
  [
    "\\u{1F3F4}\\u{E0067}\\u{E0062}(?:\\u{E0065}\\u{E006E}\\u{E0067}|\\u{E0073}\\u{E0063}\\u{E0074}|\\u{E0077}\\u{E006C}\\u{E0073})\\u{E007F}",
    "(?<=\\p{Emoji})[\\uFE0E\\uFE0F](?:\\u200D(?=\\p{Extended_Pictographic}))?",
    "(?<=\\p{Extended_Pictographic}|\\p{Emoji_Modifier})\\u200D(?=\\p{Extended_Pictographic})",
    `(?<=${joining})[\\u200C\\u200D](?=${joining})`,
  ].join("|"),
  "u",
);

/** Order matters: the first kind that fits is the one that is counted. */
const hidden: readonly (readonly [string, string])[] = [
  [
    "terminal code",
    "\\x1b(?:\\[[0-?]*[ -/]*[@-~]?|\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)?|[@-_]?)|\\x9b[0-?]*[ -/]*[@-~]?",
  ],
  ["control character", "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]"],
  ["Unicode tag", "[\\u{E0000}-\\u{E007F}]"],
  ["variation selector", "[\\uFE00-\\uFE0F\\u180B-\\u180D\\u180F\\u{E0100}-\\u{E01EF}]"],
  ["direction control", "[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]"],
  ["filler", "[\\u115F\\u1160\\u17B4\\u17B5\\u2800\\u3164\\uFFA0]"],
  [
    "zero-width character",
    "[\\p{Default_Ignorable_Code_Point}\\uFFF9-\\uFFFB\\u{13430}-\\u{1343F}\\u{1D159}]",
  ],
];

const names = hidden.map(([name]) => name);
const pattern = new RegExp(
  `(${meaningful.source})|${hidden.map(([, source]) => `(${source})`).join("|")}`,
  "gu",
);

/** Takes out every code point that a reader cannot see, everywhere; emoji and scripts that need joiners stay whole. */
export function withoutInvisible(text: string, count: Count): string {
  return text.replace(/\r\n?/g, "\n").replace(pattern, (match, kept, ...groups) => {
    if (kept !== undefined) return match;
    count(names[groups.findIndex((group) => group !== undefined)] ?? "zero-width character");
    return "";
  });
}
