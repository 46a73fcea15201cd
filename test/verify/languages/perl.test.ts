import { openSandbox } from "../../../src/sandbox/open-sandbox.ts";
import { provesEachCase } from "./language.ts";

// TAP as Test::More prints it.
provesEachCase("perl", await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false }), {
  config: { test: "sh run-tests.sh", report: "report.tap" },
});
