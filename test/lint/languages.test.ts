import { expect, test } from "@jest/globals";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { needs } from "../verify/monorepo/needs.ts";
import { type Files, fixture } from "../verify/repository.ts";
import { ended, lintChange, said } from "./linting.ts";

const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });

needs("flake8", "--version", "flake8");
needs("black", "--version", "black");
needs("mypy", "--version", "mypy");
needs("pylint", "--version", "pylint");
needs("go", "version", "golang-go");
needs("rustfmt", "--version", "rustfmt");
needs("cargo-clippy", "--version", "rust-clippy");

test("flake8, black, mypy and pylint, each where the repository configures it", async () => {
  using on = await fixture({
    "setup.cfg": "[flake8]\nmax-line-length = 60\n",
    "pyproject.toml":
      '[tool.black]\nline-length = 60\n[tool.mypy]\nstrict = true\n[tool.pylint.main]\ndisable = "all"\nenable = "unused-variable"\n',
    "shop/__init__.py": "",
    "shop/price.py": "def price(cents: int) -> int:\n    return cents\n",
    "shop/old.py": "import os\n\n\ndef old( a ):\n    return 1\n",
  });
  const linted = await lintChange(
    on,
    {
      "shop/price.py": "def price(cents: str) -> str:\n    return cents\n",
      "shop/cart.py":
        "import os\nfrom shop.price import price\n\n\ndef total() -> str:\n    unused = 1\n    return price(1)\n",
      "shop/old.py": "import os\n\n\ndef old( a ):\n    return 2\n",
      "pyproject.toml": "",
    },
    { sandbox },
  );
  expect(said(linted)).toEqual([
    "shop/cart.py:1: flake8: 'os' imported but unused (F401)",
    "shop/cart.py:6: flake8: local variable 'unused' is assigned to but never used (F841)",
    expect.stringMatching(
      /^shop\/cart\.py:7: mypy: Argument 1 to "price" has incompatible type "int"; expected "str" \(arg-type\)$/,
    ),
    "shop/cart.py:6: pylint: Unused variable 'unused' (unused-variable)",
  ]);
  expect(ended(linted)).toEqual([
    ...["flake8: compared 2", "black: compared 0", "mypy: compared 1", "pylint: compared 1"],
  ]);
});

test("black: a file that it would change", async () => {
  using on = await fixture({ "pyproject.toml": "[tool.black]\n", "a.py": "A = 1\n" });
  const linted = await lintChange(on, { "a.py": "A  =  1\n", "-b.py": "B = 1\n" }, { sandbox });
  expect(said(linted)).toEqual(["a.py: black: would change this file"]);
});

test("gofmt and go vet: what is new in the changed packages", async () => {
  using on = await fixture({
    "go.mod": "module example.com/shop\n\ngo 1.19\n",
    // The package has a complaint that is asked about only since a file is new in it.
    "price/price.go": 'package price\n\nimport "fmt"\n\nfunc Old() { fmt.Printf("%d\\n", "old") }\n',
  });
  const linted = await lintChange(
    on,
    {
      "price/say.go": 'package price\n\nimport "fmt"\n\nfunc Say() { fmt.Printf("%d\\n", "none") }\n',
      "price/odd.go": "package price\n\nfunc  Odd() {}\n",
    },
    { sandbox },
  );
  expect(said(linted)).toEqual([
    "price/odd.go: gofmt: would change this file",
    expect.stringMatching(
      /^price\/say\.go:5: go vet: fmt\.Printf format %d has arg "none" of wrong type string$/,
    ),
  ]);
});

test("what everybody formats with is heard only where the base holds to it", async () => {
  using on = await fixture({
    "go.mod": "module example.com/shop\n\ngo 1.19\n",
    "a.go": "package shop\n\nfunc  Odd() {}\n",
  });
  const linted = await lintChange(on, { "a.go": "package shop\n\nfunc  Odd()  {}\n" }, { sandbox });
  expect(linted).toMatchObject({ findings: [], linters: [{ result: "unusable" }, { result: "compared" }] });
});

const crate: Files = {
  "Cargo.toml": '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n',
  "Cargo.lock": 'version = 3\n\n[[package]]\nname = "shop"\nversion = "0.1.0"\n',
  ".github/workflows/ci.yml":
    "on: push\njobs:\n  lint:\n    steps:\n      - run: cargo clippy -- -D warnings\n",
  "src/lib.rs": "pub fn price(cents: u64) -> u64 {\n    return cents;\n}\n",
};

test("cargo fmt and clippy: what the change adds, and not what was there", async () => {
  using on = await fixture(crate);
  const linted = await lintChange(
    on,
    {
      "src/lib.rs": `pub mod cart;\n\n${crate["src/lib.rs"]}`,
      "src/cart.rs": "pub fn is(a: bool) -> bool {\n  a == true\n}\n",
    },
    { sandbox },
  );
  expect(said(linted)).toEqual([
    "src/cart.rs: cargo fmt: would change this file",
    "src/cart.rs:2: cargo clippy: equality checks against true are unnecessary (clippy::bool_comparison)",
  ]);
});
