import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { lookAt } from "../../src/verify/look.ts";
import { openCheckout } from "../../src/verify/open-checkout.ts";
import type { VerifyOptions } from "../../src/verify/options.ts";
import { findPlan } from "../../src/verify/plan/find-plan.ts";
import { type Files, type Fixture, fixture } from "./repository.ts";
import { sandboxWithPackages, verifyChange } from "./verifying.ts";

const sandbox = await sandboxWithPackages();

async function opened(on: Fixture, test: string) {
  const config = { network: "none" as const, tests: [], test };
  const options: VerifyOptions = {
    ...{ repository: on.repository, baseTree: on.baseTree, headTree: on.baseTree, config, sandbox },
    ...{ scratch: on.scratch, limits: { testMs: 60_000, setupMs: 60_000 } },
    ...{ redact: (text) => text, emit: () => undefined },
  };
  const toolchain = await findPlan(await lookAt(on.repository, on.baseTree), config, null);
  const checkout = await openCheckout(options, { tree: on.baseTree, toolchain });
  return { checkout, run: () => checkout.run({ toolchain }) };
}

test("another text is laid into a checkout, and what a suite left there stays", async () => {
  using on = await fixture({ "lib.txt": "1\n" });
  const { checkout, run } = await opened(on, "cat lib.txt new.txt; touch left");
  expect((await run()).output).toMatch(/^1\ncat: new.txt/);
  expect(await checkout.lay("lib.txt", "2\n")).toBe(true);
  expect(await checkout.lay("new.txt", "3\n")).toBe(true);
  expect((await run()).output).toBe("2\n3");
  expect(await checkout.lay("lib.txt", null)).toBe(true);
  expect((await run()).output).toMatch(/^cat: lib.txt.*\n3$/);
  const [folder = ""] = readdirSync(on.scratch).filter((name) => name.startsWith("checkout-"));
  expect(existsSync(join(on.scratch, folder, "workspace/left"))).toBe(true);
  await checkout[Symbol.asyncDispose]();
  expect(existsSync(join(on.scratch, folder))).toBe(false);
});

test("a link that a suite left leads nowhere: nothing is laid through it", async () => {
  using on = await fixture({ "lib.txt": "1\n", "sub/a.txt": "1\n" });
  const outside = join(on.scratch, "outside");
  mkdirSync(outside, { recursive: true });
  const { checkout, run } = await opened(
    on,
    `rm -r lib.txt sub; ln -s ${outside}/x lib.txt; ln -s ${outside} sub`,
  );
  await run();
  expect(await checkout.lay("lib.txt", "2\n")).toBe(false);
  expect(await checkout.lay("sub/a.txt", "2\n")).toBe(false);
  expect(readdirSync(outside)).toEqual([]);
  await checkout[Symbol.asyncDispose]();
});

const crate: Files = {
  "Cargo.toml": '[package]\nname = "span"\nversion = "0.1.0"\nedition = "2018"\n',
  "Cargo.lock":
    '# It is not intended for manual editing.\nversion = 3\n\n[[package]]\nname = "span"\nversion = "0.1.0"\n',
  ".gitignore": "target/\n",
  "src/lib.rs": `pub fn low(all: &[i32]) -> i32 {
    all[0]
}

pub fn high(all: &[i32]) -> i32 {
    all[all.len() - 1]
}

pub fn wide(all: &[i32]) -> bool {
    high(all) - low(all) > 100
}
`,
  "tests/span.rs": "#[test]\nfn of_one() {\n    assert_eq!(span::low(&[7]), span::high(&[7]));\n}\n",
};

test("cargo: what was built for the result is gone on with, hunk by hunk, and each is put back", async () => {
  using on = await fixture(crate);
  const source = (crate["src/lib.rs"] ?? "")
    .replace("    all[0]\n", "    *all.iter().min().unwrap()\n")
    .replace("    all[all.len() - 1]\n", "    *all.iter().max().unwrap()\n")
    .replace("> 100", ">= 100");
  const tests = `${crate["tests/span.rs"]}
#[test]
fn in_any_order() {
    assert_eq!((span::low(&[3, 1, 2]), span::high(&[2, 3, 1])), (1, 3));
}
`;
  const change = { "src/lib.rs": source, "tests/span.rs": tests };
  const built: number[] = [];
  const counting: typeof sandbox = {
    ...sandbox,
    async run(command) {
      const finished = await sandbox.run(command);
      if (command.argv.join(" ").includes("cargo test"))
        built.push(finished.output.match(/Compiling span/g)?.length ?? 0);
      return finished;
    },
  };
  const limits = { hunkMs: 60_000 };
  const { verdict, findings } = await verifyChange(on, change, { sandbox: counting, limits });
  expect(verdict).toBe("verified");
  // Base, base with the new tests, result; the second look builds nothing, each hunk what it touches.
  expect(built.slice(0, 4)).toEqual([1, 1, 1, 0]);
  expect(findings.map(({ gate, line }) => [gate, line])).toEqual([["not-covered", 10]]);
});
