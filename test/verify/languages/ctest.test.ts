import { sandboxWithPackages } from "../verifying.ts";
import { patient, provesEachCase } from "./language.ts";

provesEachCase("ctest", await sandboxWithPackages(), patient);
