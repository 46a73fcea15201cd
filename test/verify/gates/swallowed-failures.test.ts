import { describe, expect, test } from "@jest/globals";
import { findings } from "./change.ts";
import { sample } from "./samples.ts";

const wrap = (body: string, by = "  ") => body.replaceAll(/^(?=.)/gm, by);

const swallowing: readonly (readonly [string, string, (body: string) => string])[] = [
  ["jest", "catch", (body) => `try {\n${wrap(body)}\n} catch {}`],
  ["jest", "catch over lines", (body) => `try {\n${wrap(body)}\n} catch (error) {\n  console.log(error);\n}`],
  ["jest", "a promise", (body) => `await run().then(() => {\n${wrap(body)}\n}).catch(() => {});`],
  ["mocha", "catch", (body) => `try {\n${wrap(body)}\n} catch (e) {\n  // fine\n}`],
  ["node:test", "catch", (body) => `try {\n${wrap(body)}\n} catch (e) {\n  return;\n}`],
  ["pytest", "except", (body) => `try:\n${wrap(body)}\nexcept Exception as error:\n  print(error)`],
  ["pytest", "a bare except", (body) => `try:\n${wrap(body)}\nexcept:\n  pass`],
  ["pytest", "among others", (body) => `try:\n${wrap(body)}\nexcept (OSError, AssertionError): pass`],
  ["unittest", "suppress", (body) => `with contextlib.suppress(AssertionError):\n${wrap(body)}`],
  [
    "go",
    "recover",
    (body) => `defer func() {\n\tif r := recover(); r != nil {\n\t\tt.Log(r)\n\t}\n}()\n${body}`,
  ],
  ["cargo", "catch_unwind", (body) => `let _ = std::panic::catch_unwind(|| {\n${wrap(body)}\n});`],
  [
    "junit",
    "Throwable",
    (body) => `try {\n${wrap(body)}\n} catch (Throwable t) {\n  t.printStackTrace();\n}`,
  ],
  [
    "junit",
    "AssertionError",
    (body) => `try {\n${wrap(body)}\n} catch (IOException | AssertionError e) {\n}`,
  ],
  ["catch2", "anything", (body) => `try {\n${wrap(body)}\n} catch (...) {\n}`],
];

describe.each(swallowing)("%s: %s", (language, _, swallow) => {
  const { path, file, strict, name } = sample(language);
  const body = strict.join("\n");

  test("around what was checked is blocked, and a remark where it proves", async () => {
    const change = [{ [path]: file(body) }, { [path]: file(swallow(body)) }] as const;
    const found = await findings(...change);
    expect(found.map((line) => line.split(":")[0])).toEqual([`blocking failure-swallowed ${path}`]);
    const proof = { name, file: path, base: "passed", baseWithTests: "failed", head: "passed" } as const;
    const proving = await findings(...change, [proof]);
    expect(proving.filter((line) => line.startsWith("blocking"))).toEqual([]);
  });

  test("in a new test is blocked, and nothing if it was there before", async () => {
    const after = { [path]: file(swallow(body)) };
    expect((await findings({}, after)).map((line) => line.split(":")[0])).toEqual([
      `blocking failure-swallowed ${path}`,
    ]);
    expect(await findings(after, { [path]: `${file(swallow(body))}\n` })).toEqual([]);
  });
});

test.each<[string, (body: string) => string]>([
  ["jest", (body) => `expect(() => {\n${wrap(body)}\n}).toThrow(TypeError);`],
  ["pytest", (body) => `with pytest.raises(Exception):\n${wrap(body)}`],
  ["unittest", (body) => `with self.assertRaises(AssertionError):\n${wrap(body)}`],
  ["junit", (body) => `assertThrows(Throwable.class, () -> {\n${wrap(body)}\n});`],
])("%s: a check that has to fail now is blocked", async (language, turn) => {
  const { path, file, strict } = sample(language);
  const found = await findings({ [path]: file(strict[0]) }, { [path]: file(turn(strict[0])) });
  expect(found.filter((line) => line.includes("failure-swallowed"))).toHaveLength(1);
});

test("a rejection that goes nowhere, where it was waited for, is blocked", async () => {
  const { path, file } = sample("jest");
  const found = await findings(
    { [path]: file("await run();") },
    { [path]: file("await run().catch(() => {});") },
  );
  expect(found).toEqual([`blocking failure-swallowed ${path}:3`]);
});

test.each([
  ["jest", "try {\n  run();\n  expect.fail();\n} catch (error) {\n  expect(error.code).toBe(3);\n}"],
  ["jest", "try {\n  expect(run()).toBe(3);\n} catch (error) {\n  throw new Error(error);\n}"],
  ["jest", "try {\n  expect(run()).toBe(3);\n} finally {\n  stop();\n}"],
  ["jest", "try { clean(); } catch {}\nserver.close().catch(() => {});\nexpect(run()).toBe(3);"],
  ["pytest", "try:\n  assert run() == 3\nexcept ValueError:\n  pass"],
  ["pytest", 'try:\n  run()\nexcept Exception as error:\n  assert str(error) == "a"'],
  ["go", 'defer func() {\n\tif recover() == nil {\n\t\tt.Error("no panic")\n\t}\n}()\nRun()'],
  ["cargo", "let caught = std::panic::catch_unwind(run);\nassert!(caught.is_err());"],
  ["junit", "try {\n  run();\n  fail();\n} catch (IOException expected) {\n}\nassertEquals(3, run());"],
  ["googletest", "try {\n  run();\n} catch (const Timeout& e) {\n  EXPECT_EQ(e.code(), 3);\n}"],
])("%s: `%s` is nothing", async (language, body) => {
  const { path, file } = sample(language);
  expect(await findings({}, { [path]: file(body) })).toEqual([]);
});
