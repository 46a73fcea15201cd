import { deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";

/** What was agreed on before the work begins, as the model is told it and a reviewer is shown it. */
export interface Agreed {
  /** Who agreed. */
  readonly by: string;
  readonly text: string;
}

const agreed = z.strictObject({ by: z.string().max(100), text: z.string().max(40_000) });
/** Bytes of what a marker may hold, far more than any of ours does. */
const most = 100_000;

/** A value as a hidden marker can hold it: what it says ends no comment. */
export const packed = (value: unknown): string => deflateRawSync(JSON.stringify(value)).toString("hex");

/** The value again; undefined: it is none of ours. */
export function unpacked(data: string): unknown {
  try {
    return JSON.parse(inflateRawSync(Buffer.from(data, "hex"), { maxOutputLength: most }).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** What a pull request's marker holds of what was agreed on; null: nothing. */
export const agreedOf = (data: string | null): Agreed | null =>
  data === null ? null : (agreed.safeParse(unpacked(data)).data ?? null);
