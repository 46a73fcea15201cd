import { linkPackages, sandboxWithPackages } from "../verifying.ts";
import { provesEachCase } from "./language.ts";

provesEachCase("node-test-ts", await sandboxWithPackages(), { config: { setup: linkPackages } });
