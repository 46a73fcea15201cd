import { openSandbox } from "../../../src/sandbox/open-sandbox.ts";
import { provesEachCase } from "./language.ts";

// Debian's Django is one of its own Python; another that is found first has none.
provesEachCase("django", await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false }), {
  config: { network: "none", test: "/usr/bin/python3 manage.py test" },
});
