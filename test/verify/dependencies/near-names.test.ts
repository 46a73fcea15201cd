import { expect, test } from "@jest/globals";
import type { Ecosystem } from "../../../src/verify/dependencies/manifests/manifest.ts";
import { nearName } from "../../../src/verify/dependencies/near-names.ts";
import { popular } from "../../../src/verify/dependencies/popular/index.ts";

const near = (ecosystem: Ecosystem, name: string, known: readonly string[] = []) => {
  const base = known.map((one) => ({ ecosystem, name: one }));
  const found = nearName({ ecosystem, name }, base);
  return found === null ? null : `${found.like}: ${found.how} (${found.from})`;
};

test.each([
  ["npm", "lodahs", "lodash: the order of two letters (popular)"],
  ["npm", "expres", "express: a doubled letter (popular)"],
  ["npm", "axioss", "axios: a doubled letter (popular)"],
  ["npm", "chalc", "chalk: one letter (popular)"],
  ["npm", "mongose", "mongoose: a doubled letter (popular)"],
  ["npm", "crossenv", "cross-env: capitals, dashes and the like (popular)"],
  ["npm", "babel-core", "@babel/core: capitals, dashes and the like (popular)"],
  ["npm", "@bable/core", "@babel/core: the order of two letters (popular)"],
  ["npm", "node-lodash", "lodash: a usual beginning or ending (popular)"],
  ["npm", "axios-js", "axios: a usual beginning or ending (popular)"],
  ["npm", "momentjs", "moment: a usual beginning or ending (popular)"],
  ["PyPI", "reqeusts", "requests: the order of two letters (popular)"],
  ["PyPI", "python-requests", "requests: a usual beginning or ending (popular)"],
  ["PyPI", "nunpy", "numpy: one letter (popular)"],
  ["PyPI", "beautifulsoup", "beautifulsoup4: one letter (popular)"],
  ["Go", "github.com/siruspen/logrus", "github.com/sirupsen/logrus: the order of two letters (popular)"],
  ["Go", "github.com/strechr/testify", "github.com/stretchr/testify: one letter (popular)"],
  ["Go", "github.com/labstack/echo/v5", null],
  ["Cargo", "serde-json", "serde_json: capitals, dashes and the like (popular)"],
  ["Cargo", "tokyo", "tokio: one letter (popular)"],
  ["Maven", "org.apache.common:commons-lang3", "org.apache.commons:commons-lang3: one letter (popular)"],
  ["RubyGems", "rspec_core", "rspec-core: capitals, dashes and the like (popular)"],
  ["Composer", "symfony/consol", "symfony/console: one letter (popular)"],
  ["npm", "left-pad", null],
  ["npm", "wss", null],
  ["npm", "a".repeat(5000), null],
] as const)("%s %s", (ecosystem, name, expected) => {
  expect(near(ecosystem, name)).toBe(expected);
});

test("a dependency of the base is as good as a well-known one", () => {
  expect(near("npm", "acme-sum", ["acme-sums"])).toBe("acme-sums: one letter (base)");
  expect(near("npm", "expres", ["expres"])).toBeNull();
});

test("no well-known name is near another one's, since it is one itself", () => {
  for (const [ecosystem, names] of Object.entries(popular))
    for (const name of names) expect([name, near(ecosystem as Ecosystem, name)]).toEqual([name, null]);
});
