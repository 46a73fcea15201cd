import { keepsTheContract } from "./contract.ts";

keepsTheContract({
  settings: { provider: "bubblewrap", acceptNoSandbox: false },
  missing: null,
  uid: 1000,
});
