import type { Added } from "./added.ts";
import type { Dependency, Ecosystem } from "./manifests/manifest.ts";
import { popular } from "./popular/index.ts";
import { cargo } from "./registries/cargo.ts";
import { composer } from "./registries/composer.ts";
import type { Desk } from "./registries/desk.ts";
import { go } from "./registries/go.ts";
import { maven } from "./registries/maven.ts";
import { npm } from "./registries/npm.ts";
import { pypi } from "./registries/pypi.ts";
import { type Answer, type Ask, type Registry, unchecked } from "./registries/registry.ts";
import { rubyGems } from "./registries/rubygems.ts";

const registries: Readonly<Record<Ecosystem, Registry>> = {
  ...{ npm, PyPI: pypi, Go: go, Cargo: cargo },
  ...{ Maven: maven, Composer: composer, RubyGems: rubyGems },
};

/** So many names are asked for at once, and so many in all. */
const atOnce = 4;
const most = 40;

interface Asked {
  readonly desk: Desk;
  /** What the base depends on. */
  readonly known: readonly Dependency[];
  /** The repository's own packages, see `ownNames`. */
  readonly own: ReadonlyMap<string, string>;
  /** Of which ecosystems it names a registry of its own, see `ownRegistries`. */
  readonly ownRegistries: ReadonlySet<Ecosystem>;
}

/** What each package's registry says of it, in their order. What cannot be asked is `unchecked`, with why. */
export async function askRegistries(added: readonly Added[], asked: Asked): Promise<Answer[]> {
  const answers: Answer[] = [];
  const opened = new Map<Registry, Promise<Ask>>();
  const open = (registry: Registry) => {
    const asking = opened.get(registry) ?? registry.open(asked.desk);
    opened.set(registry, asking);
    return asking;
  };
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < added.length; i = next++) {
      const one = added[i];
      if (one === undefined) return;
      answers[i] =
        i < most ? await askFor(one, asked, open) : unchecked(`there are more than ${most} new ones`);
    }
  };
  const results = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const result of results) if (result.status === "rejected") throw result.reason;
  return answers;
}

async function askFor(
  { ecosystem, name, file, elsewhere }: Added,
  { known, own, ownRegistries }: Asked,
  open: (registry: Registry) => Promise<Ask>,
): Promise<Answer> {
  if (elsewhere !== undefined) return unchecked(`it comes from ${JSON.stringify(elsewhere.slice(0, 100))}`);
  const mine = own.get(`${ecosystem} ${name}`);
  if (mine !== undefined)
    return unchecked(`this repository has a package of that name in ${JSON.stringify(mine)}`);
  const registry = registries[ecosystem];
  if (!registry.syntax.test(name)) return unchecked("no registry takes such a name");
  const answer = await (await open(registry))(name, file);
  if (answer.kind !== "unknown") return answer;
  if (ownRegistries.has(ecosystem))
    return unchecked("the usual registry does not have it, and this repository names one of its own");
  if (isPrivateScope(name, known))
    return unchecked("the registry shows it to nobody who is not signed in, as it may others of this scope");
  return answer;
}

/** Whether others of a scope are in use already that is not known for public packages. */
function isPrivateScope(name: string, known: readonly Dependency[]): boolean {
  const scope = /^@[^/]+\//.exec(name)?.[0];
  if (scope === undefined || [...popular.npm].some((one) => one.startsWith(scope))) return false;
  return known.some((one) => one.ecosystem === "npm" && one.name.startsWith(scope));
}
