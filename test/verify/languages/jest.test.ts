import { linkPackages, sandboxWithPackages } from "../verifying.ts";
import { provesEachCase } from "./language.ts";

provesEachCase("jest", await sandboxWithPackages(), { config: { setup: linkPackages } });
