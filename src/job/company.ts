import { EventEmitter, once } from "node:events";

/** Who is at work in this process. */
export interface Company {
  /**
   * Enters, and returns how to leave. `beside`: with others. `alone`: once those that are here have left, and nobody enters
   * until it has left. Null: somebody is here alone, or waits for that. Rejects where `signal` ends the wait.
   */
  enter(how: "beside" | "alone", signal: AbortSignal): Promise<(() => void) | null>;
}

/** So that a job by which the process may have died is at work in it alone: what would die with it then was not started. */
export function openCompany(): Company {
  const door = new EventEmitter();
  let beside = 0;
  let isAlone = false;
  const leaveAlone = () => {
    isAlone = false;
  };
  const leave = () => {
    beside--;
    door.emit("left");
  };

  return {
    enter: async (how, signal) => {
      if (isAlone) return null;
      if (how === "beside") {
        beside++;
        return leave;
      }
      isAlone = true;
      try {
        while (beside > 0) await once(door, "left", { signal });
        return leaveAlone;
      } catch (error) {
        leaveAlone();
        throw error;
      }
    },
  };
}
