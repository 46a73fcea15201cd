import type { Dependency, Manifest } from "./manifest.ts";

/** `go.mod` and `go.work`: what is required, and what is put in the place of something else. */
export const goMod: Manifest = {
  files: /(^|\/)go\.(mod|work)$/,
  read(text) {
    const found: Dependency[] = [];
    let block = "";
    for (const line of text.split("\n")) {
      const [code = "", ...comment] = line.split("//");
      const words = code.trim().split(/\s+/);
      if (words[1] === "(") block = words[0] ?? "";
      else if (words[0] === ")") block = "";
      else {
        const [verb, ...rest] = block === "" ? words : [block, ...words];
        found.push(...directive(verb ?? "", rest.map(unquoted), /^\s*indirect\b/.test(comment.join("//"))));
      }
    }
    const replaced = new Set(
      found.filter(({ elsewhere }) => elsewhere !== undefined).map(({ name }) => name),
    );
    return found.filter(({ name, elsewhere }) => elsewhere !== undefined || !replaced.has(name));
  },
};

function directive(verb: string, words: readonly string[], indirect: boolean): Dependency[] {
  const [name = ""] = words;
  if (name === "") return [];
  if (verb === "require") return [{ ecosystem: "Go", name, ...(indirect ? { indirect } : {}) }];
  if (verb !== "replace") return [];
  const target = words[words.indexOf("=>") + 1] ?? "";
  return /^(\.{0,2}\/|\.{1,2}$)/.test(target)
    ? [{ ecosystem: "Go", name, elsewhere: target }]
    : [{ ecosystem: "Go", name: target }];
}

const unquoted = (word: string) => word.replace(/^["`]|["`]$/g, "");
