import { packages, sandboxWithPackages } from "../verifying.ts";
import { provesEachCase } from "./language.ts";

// A folder of its own: there vite writes what it makes of its configuration.
const setup = `mkdir node_modules && ln -s ${packages}/.bin ${packages}/vitest node_modules`;

provesEachCase("vitest-ts", await sandboxWithPackages(), { config: { setup } });
