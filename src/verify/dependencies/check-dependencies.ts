import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { underGlobs } from "../../workspace/globs.ts";
import { removeAll } from "../../workspace/remove-all.ts";
import type { FileChange } from "../../workspace/types.ts";
import type { Look } from "../look.ts";
import type { VerifyOptions } from "../options.ts";
import { setupHosts } from "../prepare/hosts/setup-hosts.ts";
import { isTestPath } from "../test-files.ts";
import type { Finding } from "../types.ts";
import { type AddedDependencies, addedDependencies } from "./added.ts";
import { askRegistries } from "./ask-registries.ts";
import { nearName } from "./near-names.ts";
import { ownNames } from "./own-names.ts";
import { ownRegistries } from "./own-registries.ts";
import { openDesk } from "./registries/desk.ts";
import { type Answer, unchecked } from "./registries/registry.ts";
import { toFinding } from "./to-finding.ts";

/** Milliseconds for all that registries are asked. */
const limitMs = 30_000;

/** Where a repository tells npm which registry a scope has. */
const settings = ".npmrc";

type Options = Pick<VerifyOptions, "config" | "sandbox" | "scratch" | "setupEnv" | "redact" | "signal">;

/** Everything that is to be said of the dependencies that a change adds. Asks no registry where there is nothing to ask for. */
export async function checkDependencies(
  options: Options,
  { base, head }: { readonly base: Look; readonly head: Look },
  changes: readonly FileChange[],
): Promise<Finding[]> {
  const found = await addedDependencies(base, head, changes);
  const rest = notLookedAt(found);
  if (found.added.length === 0) return rest;
  // What was asked for by name first, where there are too many for all.
  const added = found.added.toSorted((a, b) => Number(a.indirect ?? false) - Number(b.indirect ?? false));
  const answers = await answersFor({ ...found, added }, options, base, head);
  const said = added.map((one, i) =>
    toFinding(one, answers[i] ?? unchecked("nothing was answered"), nearName(one, found.known)),
  );
  const isConfigured = underGlobs(options.config.tests ?? []);
  return [...said.filter((one) => one !== null), ...rest].map((one) => ({
    ...one,
    // A fixture may invent what it likes: nothing is installed from it.
    weight: isTestPath(one.file) || isConfigured(one.file) ? "remark" : one.weight,
    reason: options.redact(one.reason),
  }));
}

function notLookedAt({ unreadable, left }: AddedDependencies): Finding[] {
  const unchecked = (file: string, reason: string): Finding => ({
    ...{ gate: "dependency-unchecked", weight: "remark", file, line: null, reason },
  });
  const broken = "This manifest could not be read, so it is not known which dependencies it adds.";
  const more = `Of the new dependencies ${left} more were not looked at: there are too many.`;
  return [...unreadable.map((file) => unchecked(file, broken)), ...(left > 0 ? [unchecked("", more)] : [])];
}

async function answersFor(
  { added, known }: AddedDependencies,
  options: Options,
  base: Look,
  head: Look,
): Promise<Answer[]> {
  const { config, sandbox, scratch, setupEnv = {}, signal } = options;
  if (config.network === "none")
    return added.map(() => unchecked("this repository's configuration allows no network"));
  await mkdir(scratch, { recursive: true });
  const folder = await mkdtemp(join(scratch, "dependencies-"));
  try {
    await writeSettings(base, folder);
    await sandbox.adopt(folder);
    const { hosts } = await setupHosts({
      ...options,
      network: config.network,
      paths: head.paths,
      command: "",
    });
    const desk = openDesk({
      sandbox,
      folder,
      hosts,
      setupEnv,
      limitMs,
      ...(signal === undefined ? {} : { signal }),
    });
    const own = { own: await ownNames(head), ownRegistries: await ownRegistries(base) };
    return await askRegistries(added, { desk, known, ...own });
  } finally {
    await removeAll(folder);
  }
}

/** The base's, not the change's: a change does not choose who is asked about it. */
async function writeSettings(base: Look, folder: string): Promise<void> {
  const text = base.paths.includes(settings) ? await base.read(settings) : null;
  if (text !== null) await writeFile(join(folder, settings), text);
}
