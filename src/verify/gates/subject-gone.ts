import type { GateInput } from "./gate.ts";
import { languageOf } from "./language.ts";

const declared =
  /\b(?:function\*?|class|def|fn|func(?:\s*\([^)\n]*\))?|struct|enum|interface|trait|type|record|macro_rules!|#define)\s+(\w{3,})|\b(?:const|let|var|static)\s+(\w{3,})\s*=|^\s*(?:(?:public|protected|static|final|async|virtual|inline|constexpr)\s+)+[\w<>[\],:*& ]*?\b(\w{3,})\s*\(/gm;

/** The tests that a source of Rust holds itself. */
const ownTests = /^\s*#\[cfg\(test\)\]\s*(?:pub\s+)?mod\b[\s\S]*/m;

/** Names that the change's sources declared at the base and declare no longer. */
export async function goneNames({ base, head, changes, isTest }: GateInput): Promise<ReadonlySet<string>> {
  const sources = changes.filter(({ path, binary }) => !binary && languageOf(path) !== null && !isTest(path));
  const [before, after] = await Promise.all(
    [base, head].map(async (look, index) => {
      const there = sources.filter(({ status }) => status !== (index === 0 ? "added" : "deleted"));
      const texts = await Promise.all(there.map(({ path }) => look.read(path)));
      return new Set(texts.flatMap((text) => namesIn(text ?? "")));
    }),
  );
  return new Set([...(before ?? [])].filter((name) => !after?.has(name)));
}

function namesIn(text: string): string[] {
  // A line that no person wrote declares nothing that a person tests.
  const written = text.replaceAll(/^.{2001,}$/gm, "").replace(ownTests, "");
  return [...written.matchAll(declared)].flatMap(([, one, two, three]) => one ?? two ?? three ?? []);
}
