import type { Fault } from "./types.ts";

export interface Faults {
  add(fault: Fault): void;
  /** Nothing fails any more. */
  heal(): void;
  /** The fault that this request meets, once less from now on. */
  next(method: string, path: string, body: unknown): Fault | undefined;
}

export function createFaults(): Faults {
  const waiting: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => {
      waiting.push({ fault, left: fault.times ?? 1 });
    },
    heal: () => {
      waiting.length = 0;
    },
    next(method, path, body) {
      const isMet = ({ method: verb = method, path: place, told = /(?:)/ }: Fault) =>
        verb === method && place.test(path) && told.test(JSON.stringify(body) ?? "");
      const met = waiting.find(({ fault, left }) => left > 0 && isMet(fault));
      if (met) met.left -= 1;
      return met?.fault;
    },
  };
}
