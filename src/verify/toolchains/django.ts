import type { Look } from "../look.ts";
import { scriptIn } from "../runners/unittest-script.ts";

/** Where Django's own tests and those of apps without a project have their script. */
const scripts = ["manage.py", "runtests.py", "tests/runtests.py"];

/** The script that runs a Django project's or app's tests, with its arguments; null where there is none. */
export async function djangoTest(look: Look): Promise<string | null> {
  for (const file of scripts) {
    if (!(await isDjango(look, file))) continue;
    return file === "manage.py" ? `${file} test` : file;
  }
  return null;
}

/** Whether the last command of `test` is such a script: Django's runner, which is unittest's. */
export async function callsDjango(look: Look, test: string): Promise<boolean> {
  const script = scriptIn(test);
  if (script === null) return false;
  const isTest = !/(^|\/)manage\.py$/.test(script.path) || /^\s+test\b/.test(script.words);
  return isTest && (await isDjango(look, script.path));
}

async function isDjango(look: Look, file: string): Promise<boolean> {
  return look.paths.includes(file) && /^\s*(from|import)\s+django\b/m.test((await look.read(file)) ?? "");
}
