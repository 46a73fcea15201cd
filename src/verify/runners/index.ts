import type { Runner } from "../toolchain.ts";
import { cargo } from "./cargo.ts";
import { command } from "./command.ts";
import { ctest } from "./ctest.ts";
import { go } from "./go.ts";
import { gradle } from "./gradle.ts";
import { jasmine } from "./jasmine.ts";
import { jest } from "./jest.ts";
import { maven } from "./maven.ts";
import { meson } from "./meson.ts";
import { mocha } from "./mocha.ts";
import { nextest } from "./nextest.ts";
import { nodeTest } from "./node-test.ts";
import { pytest } from "./pytest.ts";
import type { TestRunner } from "./runner.ts";
import { tapRunner } from "./tap-runner.ts";
import { unittest } from "./unittest.ts";
import { vitest } from "./vitest.ts";

/** Every runner that is known. A new one is a file of its own and a line here. */
export const runners: Readonly<Record<Runner, TestRunner>> = {
  "node-test": nodeTest,
  jest,
  jasmine,
  vitest,
  mocha,
  pytest,
  unittest,
  go,
  cargo,
  nextest,
  maven,
  gradle,
  ctest,
  meson,
  tap: tapRunner,
  command,
};
