import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parseRepositoryConfig } from "../../src/config/repository-config.ts";
import { configPath } from "../../src/config/types.ts";
import { startOf } from "../../src/run/start.ts";
import { readFile } from "../../src/workspace/read-file.ts";
import { type Fixture, fixture } from "../verify/repository.ts";

let base: Fixture;
beforeAll(async () => {
  base = await fixture({ "src/a.js": "1\n", "test/old.test.js": "1\n", "test/gone.test.js": "1\n" });
});
afterAll(() => base[Symbol.dispose]());

test("the tests of the attempt before are laid over the base, but for those that the base has changed since", async () => {
  const attempt = base.change({
    ...{ "src/a.js": "2\n", "test/old.test.js": "2\n", "test/new.test.js": "2\n", "checks/b.js": "2\n" },
    "test/gone.test.js": null,
  });
  const tree = base.change({ "src/a.js": "3\n", "test/old.test.js": "3\n" });
  const repository = { ...base.repository, tree };
  const previous = { number: 1, base: base.repository.tree, commit: attempt, said: "", patch: "", later: [] };
  const request = {
    repository,
    config: parseRepositoryConfig(null, configPath),
    previous,
    keepTests: true,
    revises: null,
  };
  const start = await startOf({ ...request, config: { ...request.config, tests: ["checks/**"] } });
  expect(start.kept.map(({ path }) => path)).toEqual(["checks/b.js", "test/new.test.js"]);
  const at = (path: string) => readFile(repository, start.tree, path);
  expect(await Promise.all(["src/a.js", "test/old.test.js", "test/new.test.js"].map(at))).toEqual([
    ...["3\n", "3\n", "2\n"],
  ]);
  expect(await at("test/gone.test.js")).toBe("1\n");
  expect(await startOf({ ...request, keepTests: false })).toEqual({ tree, kept: [] });
});
