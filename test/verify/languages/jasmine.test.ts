import { linkPackages, sandboxWithPackages } from "../verifying.ts";
import { provesEachCase } from "./language.ts";

provesEachCase("jasmine", await sandboxWithPackages(), { config: { setup: linkPackages } });
