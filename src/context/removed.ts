/** One kind of hidden text, and how often it was taken out. */
export interface Removed {
  readonly kind: string;
  readonly count: number;
}

export type Count = (kind: string, times?: number) => void;

/** Collects what was taken out, in the order in which each kind was first met. */
export function tally(): { readonly count: Count; readonly removed: () => Removed[] } {
  const counts = new Map<string, number>();
  return {
    count: (kind, times = 1) => void counts.set(kind, (counts.get(kind) ?? 0) + times),
    removed: () => [...counts].map(([kind, count]) => ({ kind, count })),
  };
}
