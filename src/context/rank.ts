import MiniSearch from "minisearch";
import { readBlobs } from "../workspace/read-file.ts";
import type { Repository, TreeFile } from "../workspace/types.ts";

/** Contents are read for this many files and bytes at most; a larger repository is ranked by its paths. */
const most = { files: 2000, fileBytes: 200_000, bytes: 16_000_000 } as const;

const isText =
  /\.(c|cc|cpp|cs|cjs|css|ex|exs|go|h|hpp|html|java|js|json|jsx|kt|lua|md|mjs|php|pl|py|rb|rs|rst|scala|sh|sql|swift|toml|ts|tsx|txt|vue|xml|ya?ml)$/i;

/** Paths of the files that look closest to a text, best first: those it names, then by the words in path and content. */
export async function rankFiles(
  repository: Repository,
  files: readonly TreeFile[],
  text: string,
): Promise<string[]> {
  const candidates = files.filter(({ path, size }) => isText.test(path) && size <= most.fileBytes);
  const contents = await readBlobs(repository, readable(candidates));
  const search = new MiniSearch({
    fields: ["path", "content"],
    tokenize: words,
    processTerm: (term) => term.toLowerCase(),
  });
  search.addAll(
    candidates.map(({ path, blob }) => ({
      id: path,
      path,
      content: contents.get(blob)?.toString("utf8") ?? "",
    })),
  );
  const found = search.search(text.slice(0, 20_000), { boost: { path: 3 } }).map(({ id }) => String(id));
  const named = files.map(({ path }) => path).filter((path) => names(text, path));
  return [...new Set([...named, ...found])].slice(0, 100);
}

function readable(files: readonly TreeFile[]): string[] {
  let left: number = most.bytes;
  const taken = files.slice(0, most.files).filter(({ size }) => {
    left -= size;
    return left >= 0;
  });
  return taken.map(({ blob }) => blob);
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
