import { createRequire } from "node:module";
import { basename, join } from "node:path";
import type { Grammar } from "./languages.ts";

const { dirname, filename, url } = import.meta;

export const runtimeFile = "web-tree-sitter/web-tree-sitter.wasm";
export const engineFile = "@ast-grep/wasm/wasm_bg.wasm";
export const grammarFile = (grammar: Grammar) => `@vscode/tree-sitter-wasm/wasm/tree-sitter-${grammar}.wasm`;

const grammars: readonly Grammar[] = [
  "python",
  "javascript",
  "typescript",
  "tsx",
  "go",
  "rust",
  "java",
  "cpp",
];

/** All of them, by package. */
export const wasmFiles: readonly string[] = [runtimeFile, engineFile, ...grammars.map(grammarFile)];

/** Where such a file is: in a checkout in its package, in a build beside the program. */
export function wasmPath(file: string): string {
  return filename.endsWith(".ts") ? createRequire(url).resolve(file) : join(dirname, basename(file));
}
