import { linkPackages, sandboxWithPackages } from "../verifying.ts";
import { provesEachCase } from "./language.ts";

provesEachCase("jest-ts", await sandboxWithPackages(), { config: { setup: linkPackages } });
