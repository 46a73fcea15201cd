import { at, entriesOf, type Manifest } from "./manifest.ts";

/** `composer.json`. What has no slash is PHP itself or a part of it. */
export const composerJson: Manifest = {
  files: /(^|\/)composer\.json$/,
  read(text) {
    const manifest: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return ["require", "require-dev"]
      .flatMap((section) => entriesOf(at(manifest, section)))
      .filter(([name]) => name.includes("/"))
      .map(([name]) => ({ ecosystem: "Composer", name: name.toLowerCase() }));
  },
};
