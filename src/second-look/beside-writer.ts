import { sum } from "../agent/budget.ts";
import type { JournalEntry } from "../agent/journal.ts";
import type { Spent } from "../agent/types.ts";
import type { Emit } from "../log/events.ts";
import { reportTool } from "./report-tool.ts";

/** Whether an entry of a journal is none of the second look's own calls of its tool. */
export const isOfWriter = (entry: JournalEntry) => entry.type !== "tool" || entry.name !== reportTool.name;

/** What both sessions used. Their time runs side by side. */
export function sumOf(writer: Spent, look: Spent): Spent {
  return {
    ...sum(writer, look),
    turns: writer.turns + look.turns,
    usd: writer.usd === null || look.usd === null ? null : writer.usd + look.usd,
    seconds: Math.max(writer.seconds, look.seconds),
  };
}

/** What two sessions used of which one began when the other had ended. */
export function oneAfterTheOther(first: Spent, then: Spent): Spent {
  return { ...sumOf(first, then), seconds: first.seconds + then.seconds };
}

/** Events of the second look, with what the writer spent added. */
export function added(emit: Emit, writer: () => Spent): Emit {
  return (event) => {
    if (event.type !== "model-turn") return emit(event);
    const { turns, usd } = writer();
    emit({
      ...event,
      turn: event.turn + turns,
      usd: event.usd === null || usd === null ? null : event.usd + usd,
    });
  };
}
