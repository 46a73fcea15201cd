import { cargoToml } from "./cargo-toml.ts";
import { composerJson } from "./composer-json.ts";
import { gemfile } from "./gemfile.ts";
import { goMod } from "./go-mod.ts";
import { gradleBuild, gradleCatalogue } from "./gradle.ts";
import type { Dependency, Manifest } from "./manifest.ts";
import { packageJson } from "./package-json.ts";
import { pomXml } from "./pom-xml.ts";
import { pyprojectToml } from "./pyproject-toml.ts";
import { requirementsTxt } from "./requirements-txt.ts";
import { setupCfg } from "./setup-cfg.ts";

const manifests: readonly Manifest[] = [
  ...[packageJson, pyprojectToml, requirementsTxt, setupCfg, goMod, cargoToml],
  ...[pomXml, gradleBuild, gradleCatalogue, composerJson, gemfile],
];

const longestName = 300;

export const isManifest = (path: string): boolean => manifests.some(({ files }) => files.test(path));

/** What the manifest at `path` asks for; null where it cannot be read. */
export function readManifest(path: string, text: string): Dependency[] | null {
  const manifest = manifests.find(({ files }) => files.test(path));
  try {
    return (manifest?.read(text) ?? []).filter(({ name }) => name !== "" && name.length <= longestName);
  } catch {
    // Its parser's words would be about text that a stranger wrote.
    return null;
  }
}
