import MiniSearch from "minisearch";
import { readBlobs } from "../workspace/read-file.ts";
import type { Repository, TreeFile } from "../workspace/types.ts";

/** Contents are read of this many files and bytes at most, those first whose paths look closest. */
const most = { files: 1500, fileBytes: 200_000, bytes: 8_000_000 } as const;
/** Characters of the text that are searched for. */
const queryLimit = 20_000;

const isText =
  /\.(c|cc|cpp|cs|cjs|css|ex|exs|go|h|hpp|html|java|js|json|jsx|kt|lua|md|mjs|php|pl|py|rb|rs|rst|scala|sh|sql|swift|toml|ts|tsx|txt|vue|xml|ya?ml)$/i;
/** Nobody edits these by hand. */
const isMade = /(^|\/)(node_modules|vendor|third_party|dist)\/|\.min\.|(^|[-.])lock\.(json|yaml)$|\.snap$/i;

/** Paths of the files that look closest to a text, best first: those it names, then by the words in path and content. */
export async function rankFiles(
  repository: Repository,
  files: readonly TreeFile[],
  text: string,
): Promise<string[]> {
  const query = text.slice(0, queryLimit);
  const candidates = files.filter(({ path }) => isText.test(path) && !isMade.test(path));
  const byPath = scores(
    candidates.map(({ path }) => ({ id: path, path })),
    query,
  );
  const closestFirst = candidates.toSorted(
    (a, b) => Number(names(query, b.path)) - Number(names(query, a.path)) || byPath(b.path) - byPath(a.path),
  );
  const read = readable(closestFirst);
  const contents = await readBlobs(
    repository,
    read.map(({ blob }) => blob),
  );
  const score = scores(
    read.map(({ path, blob }) => ({ id: path, path, content: contents.get(blob)?.toString() ?? "" })),
    query,
  );
  const named = files.map(({ path }) => path).filter((path) => names(query, path));
  const found = read.map(({ path }) => path).filter((path) => score(path) > 0);
  return [...new Set([...named, ...found.toSorted((a, b) => score(b) - score(a))])].slice(0, 100);
}

/** BM25 over what each entry has to say. */
function scores(entries: readonly { id: string; path: string; content?: string }[], query: string) {
  const search = new MiniSearch({ fields: ["path", "content"], tokenize: words });
  search.addAll(entries);
  const found = new Map(
    search.search(query, { boost: { path: 3 } }).map(({ id, score }) => [String(id), score]),
  );
  return (path: string) => found.get(path) ?? 0;
}

function readable(files: readonly TreeFile[]): TreeFile[] {
  let left: number = most.bytes;
  return files
    .filter(({ size }) => size <= most.fileBytes)
    .slice(0, most.files)
    .filter(({ size }) => {
      left -= size;
      return left >= 0;
    });
}

/** Whether the text names the file: by its path, or by a name that is unlikely to mean anything else. */
function names(text: string, path: string): boolean {
  return text.includes(path) && (path.includes("/") || path.includes("."));
}

/** Words of prose and code: `parseDuration` and `parse_duration` are also two words. */
function words(text: string): string[] {
  const whole = text.match(/[\p{L}\p{N}_]{2,60}/gu) ?? [];
  return whole.flatMap((word) => {
    const parts = word.split(/_|(?<=[a-z\d])(?=[A-Z])/).filter((part) => part.length > 1);
    return parts.length > 1 ? [word, ...parts] : [word];
  });
}
