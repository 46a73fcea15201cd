import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { gitIn, makeRepository, write } from "./folder.ts";

/** A repository that has everything configured by which git would run `touch marker`. */
export function makeHostile(dir: string, marker: string): void {
  const run = `touch ${marker}`;
  makeRepository(dir, {
    "a.txt": "1\n",
    "b.bin": Buffer.from([0, 1, 2]),
    ".gitattributes": "* filter=evil diff=evil merge=evil\n",
    ".gitmodules": `[submodule "x"]\n\tpath = x\n\turl = ext::sh -c "${run}"\n\tupdate = !${run}\n`,
    ".gitconfig": `[core]\n\tfsmonitor = ${run}\n`,
    ".lfsconfig": `[lfs]\n\turl = ext::sh -c "${run}"\n`,
  });
  plantConfig(dir, marker);
}

/** Plants the attacks into the `.git` folder of `dir`. */
export function plantConfig(dir: string, marker: string): void {
  const script = join(dir, ".git", "evil");
  write(dir, { ".git/evil": `#!/bin/sh\ntouch ${marker}\ncat\n` });
  chmodSync(script, 0o755);
  const settings = {
    "core.fsmonitor": script,
    "core.hooksPath": join(dir, ".git", "hooks"),
    "core.sshCommand": script,
    "core.pager": script,
    "core.editor": script,
    "core.askPass": script,
    "core.alternateRefsCommand": script,
    "core.attributesFile": join(dir, ".git", "attributes"),
    "core.worktree": "/",
    "diff.external": script,
    "diff.evil.textconv": script,
    "diff.evil.command": script,
    "filter.evil.clean": script,
    "filter.evil.smudge": script,
    "filter.evil.process": script,
    "filter.evil.required": "true",
    "merge.evil.driver": script,
    "gpg.program": script,
    "commit.gpgSign": "true",
    "credential.helper": `!${script}`,
    "include.path": join(dir, ".git", "included"),
    "url.ext::sh.insteadOf": "http",
    "protocol.ext.allow": "always",
    "remote.origin.url": `ext::${script}`,
    "remote.origin.promisor": "true",
    "remote.origin.uploadpack": script,
    "extensions.partialClone": "origin",
    "core.repositoryFormatVersion": "1",
    "uploadpack.packObjectsHook": script,
  };
  for (const [key, value] of Object.entries(settings))
    gitIn(dir, "config", "--file", join(dir, ".git", "config"), key, value);
  write(dir, {
    ".git/included": `[core]\n\tfsmonitor = ${script}\n`,
    ".git/info/attributes": "* filter=evil diff=evil\n",
  });
  for (const hook of [
    "post-checkout",
    "pre-commit",
    "post-index-change",
    "reference-transaction",
    "post-merge",
  ]) {
    write(dir, { [`.git/hooks/${hook}`]: `#!/bin/sh\ntouch ${marker}\n` });
    chmodSync(join(dir, ".git", "hooks", hook), 0o755);
  }
}

export const ran = (marker: string): boolean => existsSync(marker);
