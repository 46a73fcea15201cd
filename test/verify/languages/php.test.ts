import { openSandbox } from "../../../src/sandbox/open-sandbox.ts";
import { provesEachCase } from "./language.ts";

// PHPUnit's own JUnit XML.
provesEachCase("php", await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false }), {
  config: { test: "phpunit --log-junit build/junit.xml", report: "build/junit.xml" },
});
