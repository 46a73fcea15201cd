import { openSandbox } from "../../../src/sandbox/open-sandbox.ts";
import { provesEachCase } from "./language.ts";

provesEachCase("unittest", await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false }));
