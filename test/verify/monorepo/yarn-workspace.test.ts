import { expect, jest, test } from "@jest/globals";
import { patience } from "../../helpers/until.ts";
import { fixture } from "../repository.ts";
import { verifyChange } from "../verifying.ts";
import { inShort } from "./in-short.ts";
import { sandboxWithPrograms, shop, sumsFixed } from "./shop.ts";

jest.setTimeout(patience);
const sandbox = await sandboxWithPrograms();

test("yarn: a fix in one package is proved there, and what depends on it is run after it", async () => {
  using on = await fixture(
    shop("1.0.0", {
      "package.json": JSON.stringify({ name: "shop", private: true, workspaces: ["packages/*"] }),
      "yarn.lock": "# yarn lockfile v1\n",
    }),
  );
  const verification = await verifyChange(on, sumsFixed, { sandbox, narrowAfterMs: patience });
  expect(verification).toMatchObject({
    verdict: "verified",
    setupCommand:
      '{ command -v yarn || npm install --global --prefix "$HOME/.local" yarn@1; } && yarn install --frozen-lockfile',
    testCommand: "(cd packages/sums && yarn test) && (cd packages/cart && yarn test)",
  });
  expect(inShort(verification)).toEqual([
    "packages/cart/cart.test.js totals: failed failed passed",
    "packages/sums/test/add.test.js adds: absent failed passed",
    "packages/sums/test/index.test.js sums nothing: passed passed passed",
  ]);
});
