interface Property {
  readonly type: "string" | "boolean" | "integer" | "array";
  readonly items?: { readonly type: "integer" };
  readonly description?: string;
}

export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  readonly input_schema: {
    readonly type: "object";
    readonly properties: Readonly<Record<string, Property>>;
    readonly required?: readonly string[];
    readonly additionalProperties: false;
  };
}

const define = (
  name: string,
  description: string,
  properties: Readonly<Record<string, Property>>,
  required: readonly string[],
): ToolDefinition => ({
  name,
  description,
  input_schema: { type: "object", properties, required, additionalProperties: false },
});

const path: Property = { type: "string", description: "Path, relative to the repository's root" };

/** The tools as the Messages API takes them: names and arguments are those of the SDK's agent toolset. */
export const toolDefinitions: readonly ToolDefinition[] = [
  define(
    "bash",
    "Run a bash command in a persistent shell that starts in the repository's root. Working directory and variables last from call to call. There is no network, no terminal, no standard input and no git directory.",
    {
      command: { type: "string" },
      restart: { type: "boolean", description: "Start a new shell first" },
      timeout_ms: { type: "integer", description: "Default and most: the run's limit for one call" },
    },
    [],
  ),
  define(
    "read",
    "Read a text file. For a long file, ask for a range of lines.",
    {
      file_path: path,
      view_range: {
        type: "array",
        items: { type: "integer" },
        description: "[first line, last line], from 1, both included; -1 as the last: to the end",
      },
    },
    ["file_path"],
  ),
  define(
    "write",
    "Write a whole text file; folders on the way are made.",
    { file_path: path, content: { type: "string" } },
    ["file_path", "content"],
  ),
  define(
    "edit",
    "Replace old_string by new_string in a file. old_string must be there exactly once, unless replace_all.",
    {
      file_path: path,
      old_string: { type: "string" },
      new_string: { type: "string" },
      replace_all: { type: "boolean" },
    },
    ["file_path", "old_string", "new_string"],
  ),
  define(
    "glob",
    "List files that match a glob pattern such as src/**/*.ts, newest first.",
    { pattern: { type: "string" }, path: { ...path, description: "Folder to look in" } },
    ["pattern"],
  ),
  define(
    "grep",
    "Search the contents of files for a regular expression. Answers with file, line number and line.",
    { pattern: { type: "string" }, path: { ...path, description: "File or folder to search" } },
    ["pattern"],
  ),
];
