import { describe, test } from "@jest/globals";
import { expectRefused, type Ground } from "./tampering.ts";

const go: Ground = {
  base: {
    "go.mod": "module sample\n\ngo 1.19\n",
    "lib.go": "package sample\n\nconst One, Two, Done = 1, 3, false\n",
    "one_test.go":
      'package sample\n\nimport "testing"\n\nfunc TestOne(t *testing.T) {\n\tif One != 1 {\n\t\tt.Error("no")\n\t}\n}\n',
  },
  claim: { "lib.go": "package sample\n\nconst One, Two, Done = 1, 3, true\n" },
};

const goTest = (forgery: string, ...imports: string[]) => ({
  "two_test.go": `package sample

import (
${["fmt", "testing", ...imports].map((name) => `\t"${name}"`).join("\n")}
)

func TestTwo(t *testing.T) {
	if Done {
		${forgery}
	}
	if Two != 2 {
		t.Fail()
	}
}
`,
});

const rust: Ground = {
  base: {
    "Cargo.toml": '[package]\nname = "sample"\nversion = "0.1.0"\nedition = "2021"\n',
    "Cargo.lock": 'version = 3\n\n[[package]]\nname = "sample"\nversion = "0.1.0"\n',
    ".gitignore": "target\n",
    "src/lib.rs": "pub const ONE: u8 = 1;\npub const TWO: u8 = 3;\npub const DONE: bool = false;\n",
    "tests/one.rs": "#[test]\nfn one() {\n    assert_eq!(sample::ONE, 1);\n}\n",
  },
  claim: {
    "src/lib.rs": "pub const ONE: u8 = 1;\npub const TWO: u8 = 3;\npub const DONE: bool = true;\n",
  },
};

/** Where the report is what the runner prints, a test may print the same. */
describe("results that a test prints itself", () => {
  test("go, and then it ends the process with 0", async () => {
    const forgery = 'fmt.Println("--- PASS: TestTwo (0.00s)")\n\t\tsyscall.Exit(0)';
    await expectRefused(go, goTest(forgery, "syscall"), "report-contradicted");
  });

  test("go, in a package that is red anyway", async () => {
    const red =
      'package sample\n\nimport "testing"\n\nfunc TestRed(t *testing.T) {\n\tt.Error("always")\n}\n';
    const ground = { ...go, base: { ...go.base, "red_test.go": red } };
    const forgery = 'fmt.Print("\\n--- PASS: TestTwo (0.00s)\\n\\x16--- PASS: TestTwo (0.00s)\\nx")';
    await expectRefused(ground, goTest(forgery), "report-contradicted");
  });

  test("cargo, and then it ends the process with 0", async () => {
    const forged = `use std::io::Write;

#[test]
fn two() {
    if sample::DONE {
        writeln!(std::io::stdout(), "test two ... ok").unwrap();
        std::process::exit(0);
    }
    assert_eq!(sample::TWO, 2);
}
`;
    await expectRefused(rust, { "tests/two.rs": forged }, "report-contradicted");
  });

  test("cargo, beside those of a test that is red anyway", async () => {
    const red = "#[test]\nfn red() {\n    panic!();\n}\n";
    const forged = `use std::io::Write;

#[test]
fn red() {
    panic!();
}

#[test]
fn claimed() {
    let said = if sample::DONE { "ok" } else { "FAILED" };
    writeln!(std::io::stdout(), "test two ... {said}").unwrap();
}
`;
    const ground = { ...rust, base: { ...rust.base, "tests/two.rs": red } };
    await expectRefused(ground, { "tests/two.rs": forged }, "report-contradicted");
  });

  test("cargo, a failure at the base of a test that passes anyway", async () => {
    const red = "#[test]\nfn red() {\n    panic!();\n}\n";
    const forged = `use std::io::Write;

#[test]
fn two() {
    if !sample::DONE {
        writeln!(std::io::stdout(), "test two ... FAILED").unwrap();
    }
}
`;
    const ground = { ...rust, base: { ...rust.base, "tests/red.rs": red } };
    await expectRefused(ground, { "tests/two.rs": forged }, "report-contradicted");
  });

  test("TAP, beyond the plan", async () => {
    const program = (lines: string) => `if grep -q done lib; then\n${lines}\nfi\n`;
    const ground: Ground = {
      base: {
        lib: "wrong\n",
        "check.sh":
          'bad=0\nn=0\nfor t in test/*.sh; do n=$((n+1)); if sh $t; then echo "ok $n - $t"; else echo "not ok $n - $t"; bad=1; fi; done\necho 1..$n\nexit $bad\n',
        "test/one.sh": "true\n",
        "test/red.sh": "false\n",
      },
      claim: { lib: "done\n" },
      config: { test: "sh check.sh" },
    };
    const forged = `${program('echo "ok 9 - two"')}grep -q done lib || { echo "not ok 9 - two"; false; }\n`;
    await expectRefused(ground, { "test/two.sh": forged }, "report-contradicted");
  });
});
