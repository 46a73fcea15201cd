import { expect, test } from "@jest/globals";
import { clippy } from "../../src/lint/linters/cargo.ts";
import { linters } from "../../src/lint/linters/index.ts";
import { ruff, ruffFormat } from "../../src/lint/linters/ruff.ts";

// What ruff 0.16.9 printed: it cannot be had from the distribution.
const checked = `[
  {
    "cell": null,
    "code": "F401",
    "end_location": { "column": 10, "row": 1 },
    "filename": "/workspace/a.py",
    "location": { "column": 8, "row": 1 },
    "message": "\`os\` imported but unused",
    "name": "unused-import",
    "severity": "error",
    "url": "https://docs.astral.sh/ruff/rules/unused-import"
  }
]`;
const formatted = `unformatted: File would be reformatted
 --> a.py:5:9
  |
4 |
  - def f(x:int)->str:
5 + def f(x: int) -> str:
6 |     return x
  |

1 file would be reformatted
`;

test("ruff: rules and files", () => {
  expect(ruff.read({ code: 1, output: checked, errors: "" })).toEqual([
    {
      ...{ file: "/workspace/a.py", line: 1, rule: "F401" },
      ...{ message: "`os` imported but unused", severity: "error" },
    },
  ]);
  const files = [
    { file: "a.py", line: null, rule: null, message: "would change this file", severity: "error" },
  ];
  expect(ruffFormat.read({ code: 1, output: formatted, errors: "" })).toEqual(files);
  const old = "Would reformat: a.py\n1 file would be reformatted\n";
  expect(ruffFormat.read({ code: 1, output: old, errors: "" })).toEqual(files);
});

test("whoever breaks down or prints something else has given no answer", () => {
  const garbage = ["", "null", "{}", '"text"', "Segmentation fault", "[", "\u0000".repeat(100)];
  for (const linter of linters)
    for (const output of garbage)
      expect([linter.name, linter.read({ code: 139, output, errors: output })]).toEqual([linter.name, null]);
});

test("JSON that is not what a linter prints does no harm", () => {
  const odd = '[{"filePath":1,"messages":{}},{"messages":[null,1,{"line":"1","ruleId":{}}]},[],null]';
  for (const linter of linters)
    for (const complaint of linter.read({ code: 0, output: odd, errors: odd }) ?? [])
      expect(complaint).toMatchObject({ line: null, severity: expect.any(String), file: expect.any(String) });
  const done = '{"reason":"build-finished"}\n{"reason":"compiler-message","message":{"spans":7}}\n';
  expect(clippy.read({ code: 0, output: done, errors: "" })).toEqual([]);
});
