import { readFileSync } from "node:fs";

// Loaded before all else (`node --import`): the wall clock goes wrong by the milliseconds in the file FIRSTDRAFT_TEST_CLOCK,
// read anew each time. As with a clock that is set, what counts on by itself (timers, performance.now) is left alone.
const file = process.env.FIRSTDRAFT_TEST_CLOCK ?? "";
const Real = Date;

const now = () => Real.now() + Number(readFileSync(file, "utf8"));

globalThis.Date = new Proxy(Real, {
  construct: (target, given, self) => Reflect.construct(target, given.length === 0 ? [now()] : given, self),
  apply: () => new Real(now()).toString(),
  get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
});
