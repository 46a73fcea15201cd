import { linkPackages, sandboxWithPackages } from "../verifying.ts";
import { provesEachCase } from "./language.ts";

provesEachCase("mocha", await sandboxWithPackages(), { config: { setup: linkPackages } });
