import { treeWith } from "../../workspace/tree-with.ts";
import { writeBlob } from "../../workspace/write-blob.ts";
import type { Bench } from "../bench.ts";
import type { Look } from "../look.ts";
import { type Checkout, openCheckout } from "../open-checkout.ts";
import type { VerifyOptions } from "../options.ts";
import type { Side } from "../side.ts";
import type { SourceHunk } from "./source-hunks.ts";

/**
 * The head with one hunk taken back: where the head was built, if that is kept, so that only what the hunk touches is built
 * again, with the file as it was before afterwards; else in a checkout of its own.
 */
export async function withoutHunk(
  options: VerifyOptions,
  bench: Bench,
  head: Pick<Side, "tree" | "toolchain"> & { readonly look: Look },
  { path, mode, without }: SourceHunk,
): Promise<Checkout> {
  const built = await bench.built(head.tree);
  if (built !== undefined && (await built.lay(path, without))) {
    return {
      ...built,
      async [Symbol.asyncDispose]() {
        await built.lay(path, await head.look.read(path));
      },
    };
  }
  const blob = without === null ? null : await writeBlob(options.repository, without);
  const tree = await treeWith(options.repository, head.tree, [{ path, mode, blob }]);
  return openCheckout(options, { ...head, tree });
}
