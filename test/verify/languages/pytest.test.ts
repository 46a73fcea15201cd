import { openSandbox } from "../../../src/sandbox/open-sandbox.ts";
import { provesEachCase } from "./language.ts";

provesEachCase("pytest", await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false }));
