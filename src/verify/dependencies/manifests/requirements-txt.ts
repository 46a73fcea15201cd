import type { Manifest } from "./manifest.ts";
import { requirement } from "./requirement.ts";

/** Lists of requirements as pip reads them. Further lists that one names are files of their own. */
export const requirementsTxt: Manifest = {
  files: /(^|\/)([\w.-]*requirements[\w.-]*|requirements\/[\w.-]+)\.(txt|in)$/i,
  read(text) {
    return text
      .replace(/^\uFEFF/, "")
      .replace(/\\\r?\n/g, " ")
      .split("\n")
      .map((line) => line.split(/(?:^|\s)#/, 1)[0]?.trim() ?? "")
      .map((line) => line.replace(/^(-e|--editable)[\s=]+/, ""))
      .filter((line) => line !== "" && !line.startsWith("-"))
      .flatMap((line) => requirement(line) ?? []);
  },
};
