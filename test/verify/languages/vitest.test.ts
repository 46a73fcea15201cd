import { linkPackages, sandboxWithPackages } from "../verifying.ts";
import { provesEachCase } from "./language.ts";

provesEachCase("vitest", await sandboxWithPackages(), { config: { setup: linkPackages } });
