import type { Look } from "../look.ts";
import type { Ecosystem } from "./manifests/manifest.ts";

const maxFiles = 300;

/** Files in which a repository names a registry of its own that the clients here, asked by themselves, do not know. */
const settings: readonly { readonly ecosystem: Ecosystem; readonly files: RegExp; readonly names: RegExp }[] =
  [
    {
      ecosystem: "npm",
      files: /(^|\/)\.yarnrc(\.yml)?$|(^|\/)bunfig\.toml$|\/\.npmrc$/,
      names: /registry|npmScopes|\[install\.scopes\]/i,
    },
    {
      ecosystem: "PyPI",
      files:
        /requirements[\w.-]*\.(txt|in)$|(^|\/)(requirements\/[\w.-]+|pip\.conf|uv\.toml|pyproject\.toml|Pipfile)$/i,
      names:
        /index-url|^\s*-i\s|^\s*\[\[(index|tool\.(uv\.index|poetry\.source|pdm\.source))\]\]|^\s*index\s*=/m,
    },
    {
      ecosystem: "Maven",
      files: /(^|\/)(pom\.xml|settings\.xml)$|\.gradle(\.kts)?$/,
      names: /<(pluginRepositories|repositories|mirror)>|\b(maven|ivy)\s*[({]/,
    },
    { ecosystem: "Composer", files: /(^|\/)composer\.json$/, names: /"repositories"\s*:/ },
    {
      ecosystem: "RubyGems",
      files: /(^|\/)(Gemfile|gems\.rb)$/,
      names: /^\s*source\b[^\n]*(\bdo\b|\{)|^\s*source\b[\s\S]*?^\s*source\b/m,
    },
  ];

/** The ecosystems of which `look` names a registry of its own: what others do not have may well be there. */
export async function ownRegistries({ paths, read }: Look): Promise<Set<Ecosystem>> {
  const found = new Set<Ecosystem>();
  for (const { ecosystem, files, names } of settings)
    for (const path of paths.filter((one) => files.test(one)).slice(0, maxFiles))
      if (!found.has(ecosystem) && names.test((await read(path)) ?? "")) found.add(ecosystem);
  return found;
}
