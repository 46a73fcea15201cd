import { sandboxWithPackages } from "../verifying.ts";
import { patient, provesEachCase } from "./language.ts";

provesEachCase("googletest", await sandboxWithPackages(), patient);
