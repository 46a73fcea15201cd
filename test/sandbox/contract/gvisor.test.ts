import { findProgram } from "../../../src/sandbox/find-program.ts";
import { keepsTheContract } from "./contract.ts";

keepsTheContract({
  settings: { provider: "gvisor", acceptNoSandbox: false },
  missing: findProgram("runsc") === null ? "runsc is not installed" : null,
  uid: 0,
});
