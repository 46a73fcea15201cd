import { endings } from "./endings.ts";
import { escapes } from "./escapes.ts";
import { files } from "./files.ts";
import { leftOver } from "./left-over.ts";
import { network } from "./network.ts";
import { casesOf, type Provider } from "./provider.ts";
import { streams } from "./streams.ts";

/** What every sandbox promises, whatever holds it up. */
export function keepsTheContract(provider: Provider): void {
  const promise = casesOf(provider);
  for (const family of [files, escapes, endings, network, streams]) family(promise, provider);
  if (/docker|podman/.test(provider.settings.provider)) leftOver(promise, provider);
}
