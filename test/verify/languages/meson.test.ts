import { openSandbox } from "../../../src/sandbox/open-sandbox.ts";
import { patient, provesEachCase } from "./language.ts";

provesEachCase("meson", await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false }), patient);
