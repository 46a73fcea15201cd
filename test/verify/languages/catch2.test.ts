import { sandboxWithPackages } from "../verifying.ts";
import { patient, provesEachCase } from "./language.ts";

provesEachCase("catch2", await sandboxWithPackages(), patient);
