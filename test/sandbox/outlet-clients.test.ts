import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, jest, test } from "@jest/globals";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { patience } from "../helpers/until.ts";
import { stageOf } from "./stage.ts";

jest.setTimeout(patience);

const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false, networkHosts: [] });

const cases: [string, Readonly<Record<string, string>>, string][] = [
  ["npm", {}, "npm view left-pad"],
  ["pip", {}, "python3 -m pip download --retries 0 --no-deps smallest"],
  ["git", {}, "git ls-remote https://git.example/a.git"],
  ["go", { "go.mod": "module a\ngo 1.18\nrequire example.com/b v1.0.0\n" }, "go mod download"],
  [
    "cargo",
    {
      "Cargo.toml": "[package]\nname='a'\nversion='0.1.0'\n[lib]\npath='a.rs'\n[dependencies]\nb='1'\n",
      "a.rs": "",
    },
    "CARGO_NET_RETRY=0 cargo fetch",
  ],
  [
    "maven",
    {
      "pom.xml":
        "<project><modelVersion>4.0.0</modelVersion><parent><groupId>a</groupId><artifactId>b</artifactId><version>1</version></parent><artifactId>c</artifactId></project>",
    },
    "mvn -B validate",
  ],
  [
    "gradle",
    {
      "build.gradle":
        "configurations { a }\nrepositories { mavenCentral() }\ndependencies { a 'a:b:1' }\ntask fetch { doLast { configurations.a.files } }\n",
    },
    "gradle --no-daemon fetch",
  ],
];

test.each(cases)("%s goes by the outlet", async (_, files, command) => {
  await using stage = await stageOf(sandbox);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(stage.folder, name), text);
  await sandbox.adopt(stage.folder);
  const { refused = [] } = await stage.bash(command, { network: true, timeoutMs: patience / 2 });
  expect(refused.map(({ why }) => why)).toContain("not-listed");
});
