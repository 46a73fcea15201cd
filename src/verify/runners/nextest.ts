import { onlyTargets } from "./cargo.ts";
import { readJunit } from "./junit.ts";
import type { TestRunner } from "./runner.ts";

/** JUnit XML for every profile that has none of its own. https://nexte.st/docs/machine-readable/junit/ */
const configuration = `
[profile.default.junit]
path = "firstdraft.xml"
`;

/** `cargo nextest run`. It has no doc-tests, and names programs instead of files. */
export const nextest: TestRunner = {
  ask: ({ test }, { programs }) => ({
    command: test.replace(
      /\bcargo\s+nextest\s+(run|r)\b/,
      `cargo nextest run --no-fail-fast --tool-config-file firstdraft:${programs}/nextest.toml`,
    ),
    env: { CARGO_TERM_COLOR: "never", CARGO_NET_OFFLINE: "true" },
  }),
  only: ({ test }, files) => onlyTargets(test, files),
  programs: { "nextest.toml": configuration },
  writesInto: "**/target/nextest/*/*.xml",
  read: readJunit,
};
