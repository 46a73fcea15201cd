import type { Around, Look } from "../look.ts";
import type { Toolchain } from "../toolchain.ts";
import { djangoTest } from "./django.ts";
import { type PythonProject, pythonSetup } from "./python-setup.ts";

const manifestName =
  /^((dev|test|tests)[-_])?requirements[^/]*\.txt$|^requirements\/[^/]+\.txt$|^(pyproject\.toml|setup\.py|setup\.cfg|constraints\.txt|uv\.lock|poetry\.lock|Pipfile(\.lock)?)$/;
const testGroup = /^[ \t]*(tests?|testing|dev)[ \t]*=[ \t]*\[/m;
const pytestFiles = new Set(["pytest.ini", "conftest.py", "tests/conftest.py", "test/conftest.py"]);
const testFile = /(^|\/)(test[^/]*|[^/]*_test)\.py$/;

/** A Python repository: pytest where it is named or used, else Django's runner or unittest. */
export async function findPython(look: Look, around: Around = {}): Promise<Toolchain | null> {
  const manifests = look.paths.filter((path) => manifestName.test(path));
  // Its configuration is that of all below; without one, folders that are tested by themselves have their own tests.
  const { paths } = around.own === undefined || (await isConfigured(look)) ? look : await around.own();
  const tests = paths.filter((path) => testFile.test(path));
  if (manifests.length + tests.length === 0 && !look.paths.some((path) => /^[^/]+\.py$/.test(path)))
    return null;

  const named = await runnerOf(look, manifests, tests);
  // Its tests need its settings, which pytest has by a plugin that its configuration asks for.
  const django = named === "pytest" && (await asksForPytest(look, manifests)) ? null : await djangoTest(look);
  const runner = django === null ? named : "unittest";
  const project = await projectOf(look);
  const setup = await pythonSetup(look, { manifests, project, runner });
  const python = setup === null ? "python3" : ".venv/bin/python";
  // Also where it is installed: that may fail, and leads to the same files.
  const path =
    project.sourceFolder && !(project.dependencies && (await isBuilt(look))) ? "PYTHONPATH=src " : "";
  return {
    name: runner ?? "python",
    setup,
    test:
      runner === null
        ? null
        : `${path}${python} ${django ?? `-m ${runner}${runner === "unittest" ? discovery(look, tests) : ""}`}`,
    runner,
    manifests,
    setupReadsSources: project.dependencies,
  };
}

async function runnerOf(
  look: Look,
  manifests: readonly string[],
  tests: readonly string[],
): Promise<"pytest" | "unittest" | null> {
  const code = await textOf(look, tests.slice(0, 20));
  if ((await asksForPytest(look, manifests)) || /\bpytest\b/.test(code)) return "pytest";
  if (/^[ \t]*(import|from)[ \t]+unittest\b/m.test(code)) return "unittest";
  return tests.length > 0 ? "pytest" : null;
}

/** Whether pytest is set up here, or among what is installed. */
async function asksForPytest(look: Look, manifests: readonly string[]): Promise<boolean> {
  if (look.paths.some((path) => pytestFiles.has(path))) return true;
  return /\bpytest\b/.test(await textOf(look, [...manifests, "tox.ini"]));
}

/** Whether pytest has a configuration here. */
async function isConfigured(look: Look): Promise<boolean> {
  if (look.paths.some((path) => path === "pytest.ini" || path === "conftest.py")) return true;
  return /^\[(tool:|tool\.)?pytest\b/m.test(await textOf(look, ["pyproject.toml", "setup.cfg", "tox.ini"]));
}

/** The folders that pytest's configuration here limits it to; empty: none. */
export async function pytestPaths(look: Look): Promise<string[]> {
  const text = await textOf(look, ["pytest.ini", "pyproject.toml", "setup.cfg", "tox.ini"]);
  const [, list, lines] =
    /^testpaths[ \t]*=[ \t]*(?:\[([^\]]*)\]|((?:.*\n?)(?:[ \t]+\S.*\n?)*))/m.exec(text) ?? [];
  return (list ?? lines ?? "").split(/[\s,"']+/).filter(Boolean);
}

/** Whether its own files are not what is imported in the end: they are compiled to another place. */
async function isBuilt(look: Look): Promise<boolean> {
  return /\b(mesonpy|scikit_build_core|skbuild|maturin)\b/.test(await textOf(look, ["pyproject.toml"]));
}

/** What `-m unittest` needs to find tests below a folder that is no package, or under names that are not its own. */
function discovery(look: Look, tests: readonly string[]): string {
  const folder = tests.map((path) => /^(tests?)\//.exec(path)?.[1]).find((name) => name !== undefined);
  const start = folder !== undefined && !look.paths.includes(`${folder}/__init__.py`) ? ` -s ${folder}` : "";
  // It takes one pattern alone: `testing.py` among many `a_test.py` is no test.
  const behind = tests.filter((path) => path.endsWith("_test.py")).length;
  const before = tests.filter((path) => /(^|\/)test[^/]*\.py$/.test(path)).length;
  const pattern = behind > before ? " -p '*_test.py'" : "";
  return start + pattern === "" ? "" : ` discover${start}${pattern}`;
}

async function projectOf(look: Look): Promise<PythonProject> {
  const toml = await textOf(look, ["pyproject.toml"]);
  const legacy = await textOf(look, ["setup.cfg", "setup.py"]);
  const optional = sectionOf(toml, "project.optional-dependencies");
  return {
    dependencies:
      /^[ \t]*dependencies[ \t]*=[ \t]*\[\s*["']/m.test(sectionOf(toml, "project")) ||
      /^[ \t]*install_requires[ \t]*=[ \t]*(\[\s*["']|\n[ \t]+\S|[\w"'])/m.test(legacy),
    extra: testGroup.exec(optional)?.[1] ?? null,
    group: testGroup.exec(sectionOf(toml, "dependency-groups"))?.[1] ?? null,
    sourceFolder:
      look.paths.some((path) => /^src\/.*\.py$/.test(path)) &&
      !/^[ \t]*(pythonpath|python_paths)[ \t]*=/m.test(
        toml + (await textOf(look, ["pytest.ini", "setup.cfg", "tox.ini"])),
      ),
  };
}

/** The lines of one TOML table: enough to see whether a key is there, without a parser. */
function sectionOf(toml: string, name: string): string {
  const start = toml.indexOf(`[${name}]`);
  if (start < 0) return "";
  const rest = toml.slice(start + name.length + 2);
  const end = rest.search(/^\[/m);
  return end < 0 ? rest : rest.slice(0, end);
}

async function textOf(look: Look, paths: readonly string[]): Promise<string> {
  const texts = await Promise.all(
    paths.filter((path) => look.paths.includes(path)).map((path) => look.read(path)),
  );
  return texts.join("\n");
}
