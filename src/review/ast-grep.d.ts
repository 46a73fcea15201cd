/** The generated module that `@ast-grep/wasm` itself loads in a way that no bundler knows, and its WebAssembly file. */
declare module "@ast-grep/wasm/wasm_bg.js" {
  export * from "@ast-grep/wasm";
  export function __wbg_set_wasm(exports: Readonly<Record<string, unknown>>): void;
}

/** As much of it as is used: the types of Node leave it to those of the browser. */
declare namespace WebAssembly {
  function instantiate(
    bytes: Uint8Array,
    imports: Readonly<Record<string, object>>,
  ): Promise<{ readonly instance: { readonly exports: Readonly<Record<string, unknown>> } }>;
}
