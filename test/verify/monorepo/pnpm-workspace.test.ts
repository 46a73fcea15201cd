import { expect, jest, test } from "@jest/globals";
import { patience } from "../../helpers/until.ts";
import { fixture } from "../repository.ts";
import { verifyChange } from "../verifying.ts";
import { inShort } from "./in-short.ts";
import { sandboxWithPrograms, shop, sumsFixed } from "./shop.ts";

jest.setTimeout(patience);
const sandbox = await sandboxWithPrograms();

const lockfile = `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

importers:

  .: {}

  packages/cart:
    dependencies:
      sums:
        specifier: workspace:*
        version: link:../sums

  packages/sums: {}
`;

const base = shop("workspace:*", {
  "package.json": JSON.stringify({ name: "shop", private: true }),
  "pnpm-workspace.yaml": 'packages:\n  - "packages/*"\n',
  "pnpm-lock.yaml": lockfile,
});

test("pnpm: a fix in one package is proved there, and what depends on it is run after it", async () => {
  using on = await fixture(base);
  const verification = await verifyChange(on, sumsFixed, { sandbox, narrowAfterMs: patience });
  expect(verification).toMatchObject({
    verdict: "verified",
    setupCommand:
      '{ command -v pnpm || npm install --global --prefix "$HOME/.local" pnpm@9; } && pnpm install --frozen-lockfile',
    testCommand: "(cd packages/sums && pnpm test) && (cd packages/cart && pnpm test)",
  });
  expect(inShort(verification)).toEqual([
    "packages/cart/cart.test.js totals: failed failed passed",
    "packages/sums/test/add.test.js adds: absent failed passed",
    "packages/sums/test/index.test.js sums nothing: passed passed passed",
  ]);
});

test("pnpm: where the whole takes long the changed package alone is run between base and head", async () => {
  using on = await fixture(base);
  const verification = await verifyChange(on, sumsFixed, { sandbox, narrowAfterMs: 0 });
  expect(verification.verdict).toBe("verified");
  expect(verification.suites.baseWithTests?.command).toBe(
    '(cd packages/sums && PATH="$PWD/node_modules/.bin:$PATH" node --test test/add.test.js)',
  );
});
