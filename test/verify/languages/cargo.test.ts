import { sandboxWithPackages } from "../verifying.ts";
import { patient, provesEachCase } from "./language.ts";

provesEachCase("cargo", await sandboxWithPackages(), patient);
