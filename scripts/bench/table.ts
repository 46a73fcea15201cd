import { availableParallelism, cpus, loadavg, release, totalmem } from "node:os";
import { format, isMet, type Row } from "./row.ts";

/** The lines as a Markdown table. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const { what, value, unit, aim, note } = row;
    const measured = value === null ? `not measured: ${note}` : `${format(value, unit)} (${note})`;
    const wanted = aim === null ? "" : `${aim.sign} ${format(aim.value, unit)}`;
    return `| ${[what, measured, wanted, verdict(row)].map(cell).join(" | ")} |`;
  });
  return ["| what | measured | aim | met |", "|---|---|---|---|", ...lines].join("\n");
}

function verdict(row: Row): string {
  const met = isMet(row);
  if (row.aim === null) return "";
  return met === null ? "?" : met ? "yes" : "**no**";
}

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** The machine in one line, with what else it had to do: `load` is its average over the minute before. */
export function machine(load: number): string {
  const model = cpus()[0]?.model.trim() ?? process.arch;
  const cores = availableParallelism();
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GB`;
  const user = process.getuid?.() === 0 ? ", as root" : "";
  const busy = load > cores / 2 ? ": busy with other work, the times are too long" : "";
  return `${model}, ${cores} cores, ${memory}, Linux ${release()}, Node ${process.version}${user}; load before ${load.toFixed(1)}${busy}`;
}

/** Processes that wanted to run, on average over the last minute. */
export const currentLoad = (): number => loadavg()[0] ?? 0;
