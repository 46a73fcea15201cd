import { type CommitData, formatCommit, parseCommit } from "./commits.ts";
import { branches, git } from "./git.ts";
import { formatTree, type GitObject, newObjects, parseTree, type TreeEntry, writeObject } from "./objects.ts";
import type { Answer } from "./types.ts";

/** Says something to the API with the owner's rights. */
export type Call = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** Keeps a bare repository and the API's record of it the same. */
export interface Mirror {
  readonly gitDir: string;
  /** What git has → the API. After a push. */
  toApi(): Promise<void>;
  /** What the API has → git. Before a fetch or a push. */
  toGit(): Promise<void>;
}

export function createMirror(gitDir: string, repository: string, call: Call): Mirror {
  const known = new Set<string>();
  const base = `/repos/${repository}/git`;

  const need = async (method: string, path: string, body?: unknown) => {
    const answer = await call(method, `${base}${path}`, body);
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };

  const apiBranches = async () => {
    const refs: { ref: string; object: { sha: string } }[] = await need("GET", "/matching-refs/heads/");
    return new Map(refs.map(({ ref, object }) => [ref, object.sha]));
  };

  const send = async ({ type, content, sha }: GitObject) => {
    const body =
      type === "blob"
        ? { content: content.toString("base64"), encoding: "base64" }
        : type === "tree"
          ? { tree: parseTree(content) }
          : parseCommit(content);
    const made = await need("POST", `/${type}s`, body);
    if (made.sha !== sha) throw new Error(`${type} ${sha} cannot be told to the API: it became ${made.sha}`);
    known.add(sha);
  };

  const toApi = async () => {
    for (const object of await newObjects(gitDir, known)) await send(object);
    const [ours, theirs] = [await branches(gitDir), await apiBranches()];
    for (const [ref, sha] of ours) {
      if (!theirs.has(ref)) await need("POST", "/refs", { ref, sha });
      else if (theirs.get(ref) !== sha) await need("PATCH", `/${ref}`, { sha, force: true });
    }
    for (const ref of theirs.keys()) if (!ours.has(ref)) await need("DELETE", `/${ref}`);
  };

  const write = async (object: GitObject) => {
    await writeObject(gitDir, object);
    known.add(object.sha);
  };

  const fetchTree = async (sha: string): Promise<void> => {
    if (known.has(sha)) return;
    const { tree }: { tree: TreeEntry[] } = await need("GET", `/trees/${sha}`);
    for (const entry of tree) {
      if (entry.type === "tree") await fetchTree(entry.sha);
      else if (entry.type === "blob" && !known.has(entry.sha)) {
        const { content }: { content: string } = await need("GET", `/blobs/${entry.sha}`);
        await write({ sha: entry.sha, type: "blob", content: Buffer.from(content, "base64") });
      }
    }
    await write({ sha, type: "tree", content: formatTree(tree) });
  };

  const fetchCommit = async (sha: string): Promise<void> => {
    if (known.has(sha)) return;
    const found: Omit<CommitData, "tree" | "parents"> & {
      tree: { sha: string };
      parents: { sha: string }[];
    } = await need("GET", `/commits/${sha}`);
    const parents = found.parents.map((parent) => parent.sha);
    for (const parent of parents) await fetchCommit(parent);
    await fetchTree(found.tree.sha);
    await write({ sha, type: "commit", content: formatCommit({ ...found, parents, tree: found.tree.sha }) });
  };

  const toGit = async () => {
    const [ours, theirs] = [await branches(gitDir), await apiBranches()];
    const updates: string[] = [];
    for (const [ref, sha] of theirs) {
      if (ours.get(ref) === sha) continue;
      await fetchCommit(sha);
      updates.push(`update ${ref} ${sha}\n`);
    }
    for (const ref of ours.keys()) if (!theirs.has(ref)) updates.push(`delete ${ref}\n`);
    if (updates.length > 0) await git(gitDir, ["update-ref", "--stdin"], updates.join(""));
  };

  // One at a time: each compares both sides before it writes.
  let last: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>) => () => {
    last = last.catch(() => {}).then(work);
    return last;
  };
  return { gitDir, toApi: inTurn(toApi), toGit: inTurn(toGit) };
}
