/** What a linter says of one place. */
export interface Complaint {
  /** As the linter names it: absolute, or relative to the folder that it ran in. */
  readonly file: string;
  /** null: the whole file. */
  readonly line: number | null;
  readonly endLine?: number;
  readonly rule: string | null;
  /** One line. */
  readonly message: string;
  readonly severity: "error" | "warning";
}

/** What a linter printed, and how it ended. */
export interface Printed {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** A file by which a repository says that it uses a linter. */
export interface Setting {
  readonly files: RegExp;
  /** Whether its text says so, where the file is also for other things. */
  readonly holds?: (text: string) => boolean;
  /** In which folder the linter runs: that of such a file nearest to the changed one, of the outermost, or the root. */
  readonly at: "nearest" | "outermost" | "root";
  /** Further arguments for a repository that is configured like this. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** One linter, formatter or type checker. */
export interface Linter {
  readonly name: string;
  readonly program: string;
  /** `packages`: only where the repository installs it. `machine`: else the one of the machine. */
  readonly from: "packages" | "machine";
  /** The first that a repository has counts. */
  readonly settings: readonly Setting[];
  /** Changed files that it is run for. */
  readonly files: RegExp;
  /** It is given no files and looks at the whole project. */
  readonly whole?: boolean;
  /** Nobody configures it, since everybody uses it: a base that does not hold to it does not use it. */
  readonly implied?: boolean;
  /** Its arguments. Files are relative to the folder that it runs in and begin with `./`. */
  args(files: readonly string[]): readonly string[];
  /** null: this is no answer of a linter that came to its end. */
  read(printed: Printed): readonly Complaint[] | null;
}
