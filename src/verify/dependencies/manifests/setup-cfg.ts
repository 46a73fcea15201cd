import type { Manifest } from "./manifest.ts";
import { requirement } from "./requirement.ts";

const lists = /^(install_requires|setup_requires|tests_require)$/;

/** The requirements in `setup.cfg`. What a `setup.py` says can only be known by running it. */
export const setupCfg: Manifest = {
  files: /(^|\/)setup\.cfg$/,
  read(text) {
    const found: string[] = [];
    let section = "";
    let inside = false;
    for (const line of text.split("\n")) {
      const isMore = /^\s/.test(line);
      const [key = "", ...rest] = line.split("=");
      const head = /^\[([^\]]*)\]/.exec(line)?.[1];
      if (/^\s*([#;]|$)/.test(line)) continue;
      if (head !== undefined) {
        section = head.trim();
        inside = false;
      } else if (!isMore) {
        inside = section === "options.extras_require" || (section === "options" && lists.test(key.trim()));
        if (inside) found.push(rest.join("="));
      } else if (inside) found.push(line);
    }
    return found.flatMap((one) => requirement(one) ?? []);
  },
};
