/** A package manager, and how it says where its packages come from. */
export interface Client {
  readonly name: string;
  /** Files for which it is asked, and words in a command. */
  readonly files: RegExp;
  readonly words: RegExp;
  /**
   * Shell texts that print addresses, one a line, among other things or none. Run in an empty folder, so that nothing of the
   * repository speaks: the first without network, each further one with what was found before it.
   */
  readonly steps: readonly [string, ...string[]];
}

const node = '"$FIRSTDRAFT_NODE" -e';

const npm = `npm config list --json | sed -n 's/^ *"\\(@[^"]*:\\)\\{0,1\\}registry": "\\(.*\\)",\\{0,1\\}$/\\2/p'`;

// Where pip's index is the one that it has by itself, it also knows where that one keeps its files.
const pip = `python3 -c '
from urllib.parse import urlsplit
from pip._internal.commands import create_command
from pip._internal.models.index import PyPI
options = create_command("download").parse_args([])[0]
urls = [] if options.no_index else [options.index_url, *options.extra_index_urls]
hosts = [urlsplit(url).hostname for url in urls]
files = ["https://" + PyPI.file_storage_domain] if urlsplit(PyPI.url).hostname in hosts else []
print(*urls, *options.find_links, *files, sep="\\n")'`;

const go = `go env GOPROXY | tr ',|' '\\n\\n'
go env GOSUMDB | sed 's/^off$//; s/^[^ ]* \\(http\\)/\\1/; s/^\\([^: +]\\{1,\\}\\)\\(+.*\\)\\{0,1\\}$/https:\\/\\/\\1/'`;

// It prints its index only where it does not reach it.
const cargo = `mkdir -p src && : > src/lib.rs
printf '[package]\\nname = "ask"\\nversion = "0.0.0"\\n[dependencies]\\nserde = "1"\\n' > Cargo.toml
CARGO_NET_RETRY=0 cargo fetch 2>&1 | tr '\`' '\\n'
env | sed -n 's/^CARGO_REGISTRIES_[A-Z0-9_]*_INDEX=//p'`;
// An index says in its settings where the packages are.
const cargoFiles = `${node} '
for (const origin of process.argv.slice(1))
  fetch(new URL("config.json", origin.replace(/(\\/config\\.json)?\\/*$/, "/")))
    .then(async (answer) => { const { dl, api } = await answer.json(); console.log([dl, api].join("\\n")); })
    .catch(() => {});' -- "$@"`;

const maven = `home=$(dirname "$(dirname "$(readlink -f "$(command -v mvn)")")")
for jar in "$home"/lib/maven-model-builder-*.jar; do
  (cd "$TMPDIR" && jar xf "$jar" org/apache/maven/model/pom-4.0.0.xml) && break
done
tr -d '\\n' < "$TMPDIR/org/apache/maven/model/pom-4.0.0.xml" | sed 's/<!--/\\n&/g; s/-->/&\\n/g' | grep -v '^<!--' | grep -o '<url>[^<]*'
tr -d '\\n' < "$home/conf/settings.xml" | sed 's/<!--/\\n&/g; s/-->/&\\n/g' | grep -v '^<!--' | grep -o '<url>[^<]*'`;

const gradle = `cat > "$TMPDIR/ask.gradle" <<'END'
allprojects {
  ["mavenCentral", "google", "gradlePluginPortal"].each { name ->
    try { println repositories."$name"().url } catch (ignored) {}
  }
  try { println tasks.findByName("wrapper")?.distributionUrl } catch (ignored) {}
}
END
: > build.gradle
: > settings.gradle
gradle --no-daemon --offline -q -I "$TMPDIR/ask.gradle" help`;

export const clients: readonly Client[] = [
  {
    name: "npm",
    files: /(^|\/)package\.json$/,
    words: /\b(npm|npx|pnpm|bun)\b/,
    steps: [npm],
  },
  {
    name: "yarn",
    files: /(^|\/)(yarn\.lock|\.yarnrc(\.yml)?)$/,
    words: /\byarn\b/,
    // The machine may have none; the one that npm brings has the same registry as all of them.
    steps: [
      npm,
      `{ command -v yarn || npm install --global --prefix "$HOME/.local" yarn@1; } > /dev/null
yarn config get registry
yarn config get npmRegistryServer`,
    ],
  },
  {
    name: "pip",
    files: /(^|\/)([\w-]*requirements[\w.-]*\.txt|pyproject\.toml|setup\.(py|cfg)|Pipfile|uv\.lock)$/,
    words: /\b(pip3?|pipx|pipenv|poetry|uv)\b/,
    steps: [pip],
  },
  { name: "go", files: /(^|\/)go\.(mod|work)$/, words: /\bgo (mod|get|install)\b/, steps: [go] },
  {
    name: "cargo",
    files: /(^|\/)Cargo\.toml$/,
    words: /\bcargo\b/,
    steps: [cargo, cargoFiles],
  },
  { name: "maven", files: /(^|\/)pom\.xml$/, words: /\bmvnw?\b/, steps: [maven] },
  {
    name: "gradle",
    files: /\.gradle(\.kts)?$/,
    words: /\bgradlew?\b/,
    steps: [gradle],
  },
  {
    name: "composer",
    files: /(^|\/)composer\.json$/,
    words: /\bcomposer\b/,
    steps: ["composer config --global --list | grep -o 'https\\{0,1\\}://.*'"],
  },
  {
    name: "gem",
    files: /(^|\/)(Gemfile|[^/]+\.gemspec)$/,
    words: /\b(bundler?|gem)\b/,
    steps: ["gem sources --list"],
  },
];

/** The addresses that a client names by itself, as far as it says them without network. */
export const firstStep = (name: string): string =>
  clients.find((client) => client.name === name)?.steps[0] ?? "";
