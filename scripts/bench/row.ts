/** What a figure has to keep to. */
export interface Aim {
  readonly sign: "<" | "≤" | "≥";
  readonly value: number;
}

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  /** null: not measured, and `note` says why. */
  readonly value: number | null;
  readonly aim: Aim | null;
  /** How the value came about: how often it was measured, how far the measurements lay apart. */
  readonly note: string;
}

/** One measurement: it has a name for `--only` and gives one line or a few. */
export interface Measure {
  readonly name: string;
  readonly measure: (place: Place) => Promise<Row[]>;
}

/** What the measurements share. */
export interface Place {
  /** A folder of this run's own that every user may pass through. */
  readonly folder: string;
  /** Why there is no build, or null if there is one. */
  readonly noBuild: string | null;
  /** The languages' fixtures that are asked for; null: all. */
  readonly fixtures: readonly string[] | null;
}

/** A line from several measurements of the same thing: their median. */
export function row(
  what: string,
  values: readonly number[],
  unit: string,
  aim: Aim | null = null,
  note = "",
): Row {
  const spread = `${format(Math.min(...values), unit)} to ${format(Math.max(...values), unit)}`;
  const runs = values.length > 1 ? `median of ${values.length}, ${spread}` : "measured once";
  return { what, unit, value: median(values), aim, note: note === "" ? runs : `${note}; ${runs}` };
}

export function notMeasured(what: string, unit: string, aim: Aim | null, why: string): Row {
  return { what, unit, value: null, aim, note: why };
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The value below which the given part of all lies. */
export function quantile(values: readonly number[], part: number): number {
  if (values.length === 0) throw new Error("nothing was measured");
  const sorted = values.toSorted((a, b) => a - b);
  const at = part * (sorted.length - 1);
  const [low = 0, high = low] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

/** Whether the aim is met; null where there is none, or nothing to hold against it. */
export function isMet({ value, aim }: Row): boolean | null {
  if (value === null || aim === null) return null;
  if (aim.sign === "≥") return value >= aim.value;
  return aim.sign === "<" ? value < aim.value : value <= aim.value;
}

/** Three digits that mean something, and the unit. */
export function format(value: number, unit: string): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${value.toFixed(digits)}${unit === "" || unit === "%" || unit === "×" ? unit : ` ${unit}`}`;
}
