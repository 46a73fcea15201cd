import { existsSync, readdirSync, realpathSync } from "node:fs";

// These two are no extensions but change how all code runs.
const ENGINE = new Set(["opcache", "xdebug"]);

/**
 * Debian's PHP finds its extensions by files in /etc, which may hold keys of theirs as well: the same extensions by a file of
 * our own, path → text, with nothing but their names. Of the version that `php` calls.
 */
export function phpExtensions(): Record<string, string> {
  const [, version] =
    /\/php(\d+\.\d+)$/.exec(existsSync("/usr/bin/php") ? realpathSync("/usr/bin/php") : "") ?? [];
  const folder = `/etc/php/${version}/cli/conf.d`;
  if (version === undefined || !existsSync(folder)) return {};
  const names = readdirSync(folder)
    .sort()
    .flatMap((file) => /^\d+-(\w+)\.ini$/.exec(file)?.[1] ?? [])
    .filter((name) => !ENGINE.has(name));
  return { [`${folder}/extensions.ini`]: names.map((name) => `extension=${name}\n`).join("") };
}
