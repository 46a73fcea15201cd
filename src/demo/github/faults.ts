import type { Fault } from "./types.ts";

export interface Faults {
  add(fault: Fault): void;
  /** The fault that this request meets, once less from now on. */
  next(method: string, path: string): Fault | undefined;
}

export function createFaults(): Faults {
  const waiting: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => {
      waiting.push({ fault, left: fault.times ?? 1 });
    },
    next(method, path) {
      const met = waiting.find(
        ({ fault, left }) => left > 0 && (fault.method ?? method) === method && fault.path.test(path),
      );
      if (met) met.left -= 1;
      return met?.fault;
    },
  };
}
