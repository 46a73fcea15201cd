/** A fetched repository: a bare git directory outside every workspace, and the commit to start from. */
export interface Repository {
  readonly gitDir: string;
  /** Full commit SHA that work starts from. */
  readonly commit: string;
  /** Full tree SHA of that commit. */
  readonly tree: string;
  /** The branch it was read from, e.g. `main`. */
  readonly branch: string;
}

/** One path that differs between two trees. */
export interface FileChange {
  readonly path: string;
  readonly status: "added" | "modified" | "deleted";
  /** git's file mode at the new side (`100644`, `100755`, `120000`), or of the old side if deleted. */
  readonly mode: string;
  /** Blob SHA at the new side; null if deleted. */
  readonly blob: string | null;
  readonly binary: boolean;
  readonly addedLines: number;
  readonly deletedLines: number;
}

/** One file of a tree; submodules are not files. */
export interface TreeFile {
  readonly path: string;
  /** `100644`, `100755` or `120000`. */
  readonly mode: string;
  /** Blob SHA. */
  readonly blob: string;
  /** Bytes. */
  readonly size: number;
}

/** A path that was left out of the change, and why. */
export interface Dropped {
  readonly path: string;
  readonly reason: "protected" | "lockfile" | "symlink" | "submodule";
}
