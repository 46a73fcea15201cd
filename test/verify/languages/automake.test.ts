import { openSandbox } from "../../../src/sandbox/open-sandbox.ts";
import { patient, provesEachCase } from "./language.ts";

provesEachCase("automake", await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false }), patient);
