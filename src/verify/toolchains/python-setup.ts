import type { Look } from "../look.ts";

/** What a project's own files say of it. */
export interface PythonProject {
  /** Whether the package itself asks for others. */
  readonly dependencies: boolean;
  /** The optional dependencies that its tests need. */
  readonly extra: string | null;
  /** The dependency group (PEP 735) that its tests need. */
  readonly group: string | null;
  /** Whether it lies under `src/` and nothing says so to the runner. */
  readonly sourceFolder: boolean;
}

interface Wanted {
  readonly manifests: readonly string[];
  readonly project: PythonProject;
  readonly runner: string | null;
}

const pip = ".venv/bin/python -m pip install";
const managers: readonly (readonly [string, string, string])[] = [
  ["uv.lock", "uv", "uv sync --all-groups --all-extras"],
  ["poetry.lock", "poetry", "POETRY_VIRTUALENVS_IN_PROJECT=true poetry install --all-extras"],
  ["Pipfile", "pipenv", "PIPENV_VENV_IN_PROJECT=1 pipenv install --dev"],
];
// Requirements of the people who work on it, not of its tests.
const notForTests = /doc|lint|typ|packag|release|publish|build|bench|format|style|mypy/i;

/**
 * Makes `.venv`, with the repository's own package manager where the machine has it, else with pip; null where nothing is
 * asked for. What only developers need is installed as far as it can be had.
 */
export async function pythonSetup(
  look: Look,
  { manifests, project, runner }: Wanted,
): Promise<string | null> {
  const { required, optional } = await requirementsOf(look, manifests);
  if (project.dependencies) required.push(project.extra === null ? "-e ." : `-e '.[${project.extra}]'`);
  if (project.group !== null) optional.push(`--group ${project.group}`);
  const manager = managers.find(([file]) => manifests.includes(file));
  if (required.length + optional.length === 0 && manager === undefined) return null;
  if (runner === "pytest") required.push("pytest");

  const steps = [
    "python3 -m venv --system-site-packages .venv",
    ...(required.length === 0 ? [] : [`${pip} ${required.join(" ")}`]),
    ...optional.map((one) => `{ ${pip} ${one} || echo 'not installed: ${one}'; }`),
  ].join(" && ");
  if (manager === undefined) return steps;
  const [, program, install] = manager;
  return `if command -v ${program}; then ${install}; else ${steps}; fi`;
}

async function requirementsOf(look: Look, manifests: readonly string[]) {
  const required: string[] = [];
  const optional: string[] = [];
  for (const path of manifests.filter((name) => name.endsWith(".txt") && !name.startsWith("constraints"))) {
    if (!/^[ \t]*[^#\s]/m.test((await look.read(path)) ?? "")) continue;
    if (path === "requirements.txt") required.push(`-r ${path}`);
    else if (!notForTests.test(path)) optional.push(`-r ${path}`);
  }
  return { required, optional };
}
