import { z } from "zod";

/**
 * An array of at most `most` items. Its length is looked at before any of them, and the first that is none of them ends it:
 * a stranger's file has room for millions, and to say of each what is wrong with it would take all memory.
 */
export function list<Item extends z.ZodType>(item: Item, most: number) {
  const short = z.custom<readonly unknown[]>((value) => Array.isArray(value) && value.length <= most);
  return short.transform((values, { issues }): z.output<Item>[] => {
    const items: z.output<Item>[] = [];
    for (const [index, value] of values.entries()) {
      const read = item.safeParse(value);
      if (!read.success) {
        const path = [index, ...(read.error.issues[0]?.path ?? [])];
        issues.push({ code: "custom", input: value, path });
        return z.NEVER;
      }
      items.push(read.data);
    }
    return items;
  });
}

/** Tests and their results; more has no place in the file. */
export const manyItems = 1_000_000;
/** What a report goes through for each place of a change. */
export const someItems = 20_000;
