import { openSandbox } from "../../../src/sandbox/open-sandbox.ts";
import { provesEachCase } from "./language.ts";

// RSpec through its JUnit formatter.
provesEachCase("ruby", await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false }), {
  config: {
    test: "rspec --format progress --format RspecJunitFormatter --out tmp/rspec.xml",
    report: "tmp/rspec.xml",
  },
});
