// npm stops at the first script that fails. Then one package after the other, by the file in which npm keeps what it has
// installed: those of a workspace are the repository's own, and a failure of theirs counts.
const oneByOne = `node -e '
const { packages } = JSON.parse(require("node:fs").readFileSync("node_modules/.package-lock.json", "utf8"));
const names = Object.entries(packages).flatMap(([path, { hasInstallScript, link }]) => {
  const name = path.replace(/^.*node_modules\\//, "");
  return /^[@\\w][@\\w./-]*$/.test(name) && (hasInstallScript || link) ? [(link ? "own" : "other") + " " + name] : [];
});
process.stdout.write([...new Set(names)].map((name) => name + "\\n").join(""));' > "$TMPDIR/scripts" &&
while read -r whose name; do
  npm rebuild "$name" || { echo "script failed: $name"; [ "$whose" = other ] || exit 1; }
done < "$TMPDIR/scripts"`;

// What npm runs of the repository itself once it has installed, in this order.
const own = `for script in preinstall install postinstall prepublish preprepare prepare postprepare; do
  grep -q "\\"$script\\" *:" package.json || continue
  npm_config_ignore_scripts=true npm run --if-present "$script" || exit 1
done`;

/** A way to install packages first, and to run what they and the repository do at an installation when the network is gone. */
export interface ScriptsApart {
  /** Variables with which the command installs without scripts. */
  readonly without: Readonly<Record<string, string>>;
  /** Shell text that runs what was left out, with the command as its first argument. */
  readonly after: string;
}

const managers: Readonly<Record<string, ScriptsApart>> = {
  npm: {
    without: { npm_config_ignore_scripts: "true" },
    after: `npm rebuild || { ${oneByOne}; } || exit 1\n${own}`,
  },
  pnpm: {
    without: { npm_config_ignore_scripts: "true" },
    after: "if [ -e pnpm-workspace.yaml ]; then pnpm -r rebuild --pending; else pnpm rebuild --pending; fi",
  },
  yarn: {
    without: { YARN_IGNORE_SCRIPTS: "true", YARN_ENABLE_SCRIPTS: "false" },
    after: `case $(yarn --version) in
  1.*) sh -c "$1 --force --offline" ;;
  *) YARN_ENABLE_NETWORK=0 yarn rebuild ;;
esac`,
  },
};

/** An installation and nothing else, as it is found by looking and as most people write it. */
const installation =
  /^(?:\{ command -v \w+ \|\| npm install --global --prefix "\$HOME\/\.local" [\w@/.-]+; \} && |\{ npm (?:ci|install)[^;&|]*\|\| )?(npm|pnpm|yarn) (?:ci|i|install)(?: --?(?![\w=-]*ignore-scripts)[\w=-]+)*(?:; \})?$/;

/** null: the command does more than install, or its manager has no such way; its scripts run as it likes. */
export function scriptsApart(command: string): ScriptsApart | null {
  const [, manager = ""] = installation.exec(command.trim()) ?? [];
  return managers[manager] ?? null;
}

/** The packages whose scripts failed, as each manager says it. */
export function failedScripts(output: string): string[] {
  const said = output.matchAll(
    /^script failed: (\S+)$|node_modules\/((?:@[\w.-]+\/)?[\w.-]+)(?:: Command failed\.$| \w+: Failed$)/gm,
  );
  return [...new Set([...said].map(([, byNpm, byOthers]) => byNpm ?? byOthers ?? ""))];
}
