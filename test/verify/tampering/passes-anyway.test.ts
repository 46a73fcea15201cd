import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { fixture } from "../repository.ts";
import { verifyChange } from "../verifying.ts";
import { javascript, python, sandbox, verified } from "./tampering.ts";

const nodeTest = 'const { test } = require("node:test");\nconst fs = require("node:fs");';
/** Ends in the base some time after the new test has ended beside it. */
const slow = { "test/slow.test.js": `${nodeTest}\ntest("slow", (_, done) => setTimeout(done, 2000));\n` };

describe("a test that would pass without the change", () => {
  test("proves nothing", async () => {
    const idle = "import lib\n\n\ndef test_two():\n    assert lib.two in (2, 3)\n";
    const { verdict, reason, tests } = await verified(python("pytest"), { "tests/test_two.py": idle });
    expect({ verdict, reason }).toEqual({ verdict: "tests-pass", reason: "new-test-passes-on-base" });
    expect(tests.map(({ name, baseWithTests, head }) => [name, baseWithTests, head])).toContainEqual([
      "test_two",
      "passed",
      "passed",
    ]);
  });

  test("proves nothing where it fails the first time only, as by chance", async () => {
    const marks = mkdtempSync(join(tmpdir(), "firstdraft-marks-"));
    await sandbox.adopt(marks);
    const mount = { host: marks, inside: "/marks", writable: true };
    const marked: typeof sandbox = {
      ...sandbox,
      run: (command) => sandbox.run({ ...command, mounts: [...(command.mounts ?? []), mount] }),
    };
    const chance = `${nodeTest}
test("two", () => {
  const first = fs.readdirSync("/marks").length === 0;
  fs.writeFileSync("/marks/seen", "");
  if (first) throw new Error("not now");
});
`;
    try {
      const { base, claim } = javascript("node --test", slow);
      using on = await fixture(base);
      const verification = await verifyChange(
        on,
        { ...claim, "test/two.test.js": chance },
        { sandbox: marked },
      );
      expect(verification.verdict).toBe("tests-pass");
      expect(verification.tests).toContainEqual(expect.objectContaining({ name: "two", flaky: true }));
    } finally {
      rmSync(marks, { recursive: true });
    }
  });

  test("finds nothing that its run on the base left for it", async () => {
    const leaving = `${nodeTest}
test("two", () => {
  const places = [process.cwd(), process.env.HOME, "/tmp", "/var/tmp", "/dev/shm", "/programs"];
  const found = places.filter((place) => fs.existsSync(place + "/left-behind"));
  for (const place of places) {
    try {
      fs.writeFileSync(place + "/left-behind", "");
    } catch {}
  }
  if (found.length === 0) throw new Error("nothing was left");
});
`;
    const { verdict, reason } = await verified(javascript("node --test", slow), {
      "test/two.test.js": leaving,
    });
    expect({ verdict, reason }).toEqual({ verdict: "failed", reason: "new-test-fails" });
  });
});
