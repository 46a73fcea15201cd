import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { type Part, setupsOf } from "../../src/verify/plan/plan.ts";
import { homeMount, pruneHome } from "../../src/verify/prepare/home.ts";
import { copyInstalled } from "../../src/verify/prepare/install.ts";
import { prepareCheckout } from "../../src/verify/prepare/prepare-checkout.ts";
import { type Fixture, fixture } from "./repository.ts";

const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
// An installer that leaves something new each time it runs, and spoils a file of the repository.
const setup =
  'mkdir -p deps && cat /proc/sys/kernel/random/uuid > deps/id && cp deps.lock deps/lock && echo "$TOKEN" > token && echo x >> lib.js';
const toolchain: Part = {
  name: "test",
  setup,
  test: "true",
  runner: "command",
  manifests: ["deps.lock"],
  setupReadsSources: false,
  folder: "",
  setupFolder: "",
  near: true,
};
const base = { "deps.lock": "1\n", "lib.js": "1\n" };

async function prepared(
  on: Fixture,
  tree: string,
  name: string,
  over: Partial<Part> = {},
  shares = false,
): Promise<string> {
  const folder = join(on.scratch, name);
  const { repository, scratch } = on;
  const home = join(on.scratch, `home-${name}`);
  const options = {
    repository,
    tree,
    folder,
    home,
    sandbox,
    scratch,
    network: "none",
    setupMs: 60_000,
    shares,
  } as const;
  const outcome = await prepareCheckout({
    ...options,
    setups: setupsOf([{ ...toolchain, ...over }]),
    setupEnv: { TOKEN: "t1" },
  });
  expect(outcome).toEqual({ ready: true, without: [] });
  return folder;
}

const idIn = (folder: string) => readFileSync(join(folder, "deps/id"), "utf8");

test("the same manifests are installed once, others again, and tracked files stay as they are", async () => {
  using on = await fixture(base);
  const changed = on.change({ "lib.js": "2\n" });
  const relocked = on.change({ "deps.lock": "2\n" });

  const [first, second] = await Promise.all([prepared(on, on.baseTree, "a"), prepared(on, changed, "b")]);
  const third = await prepared(on, relocked, "c");

  expect(idIn(second)).toBe(idIn(first));
  expect(idIn(third)).not.toBe(idIn(first));
  expect(readFileSync(join(third, "deps/lock"), "utf8")).toBe("2\n");
  expect(readFileSync(join(first, "lib.js"), "utf8")).toBe("1\n");
  expect(readFileSync(join(second, "lib.js"), "utf8")).toBe("2\n");
  expect(readFileSync(join(first, "token"), "utf8")).toBe("t1\n");
});

test("a setup that may build from the sources runs for each tree", async () => {
  using on = await fixture(base);
  const first = await prepared(on, on.baseTree, "a", { setupReadsSources: true });
  const second = await prepared(on, on.change({ "lib.js": "2\n" }), "b", { setupReadsSources: true });
  expect(idIn(second)).not.toBe(idIn(first));
});

test("without a setup there is nothing but the tree", async () => {
  using on = await fixture(base);
  expect(readdirSync(await prepared(on, on.baseTree, "a", { setup: null })).sort()).toEqual([
    "deps.lock",
    "lib.js",
  ]);
});

test("what was installed is not copied through a link of the tree, nor over its files", async () => {
  using on = await fixture(base);
  const [from, to, outside] = ["from", "to", "outside"].map((name) => join(on.scratch, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [join(from, "sub"), to, outside]) mkdirSync(folder, { recursive: true });
  mkdirSync(join(from, "sub/deps"));
  mkdirSync(join(from, "taken"));
  symlinkSync(outside, join(to, "sub"));
  symlinkSync(outside, join(to, "taken"));
  mkdirSync(join(from, "sub/deeper/deps"), { recursive: true });

  const added = ["sub/deps", "sub/deeper/deps", "taken"];
  const notes = { refused: [], silent: [], scripts: [] };
  await copyInstalled(
    { failed: null, folder: from, home: from, shared: [], sharedHome: [], added, notes },
    to,
  );

  expect(readdirSync(outside)).toEqual([]);
  expect(lstatSync(join(to, "taken")).isSymbolicLink()).toBe(true);
});

test("links that setup leaves in its home lead nowhere when downloads are removed", async () => {
  using on = await fixture(base);
  const [home, outside] = [join(on.scratch, "home"), join(on.scratch, "outside")];
  for (const name of ["pip", "share/pnpm"]) mkdirSync(join(outside, name), { recursive: true });
  mkdirSync(home);
  for (const name of [".cache", ".local", ".npm"]) symlinkSync(outside, join(home, name));

  await pruneHome(home);

  expect(readdirSync(outside)).toEqual(["pip", "share"]);
  expect(existsSync(join(outside, "share/pnpm"))).toBe(true);
});

test("what setup leaves in its home is there for the tests, each with its own; downloads are not kept", async () => {
  using on = await fixture(base);
  const atHome = {
    setup: "mkdir -p ~/go/pkg ~/.npm && echo m > ~/go/pkg/m && chmod a-w ~/go/pkg && touch ~/.npm/x",
  };
  await prepared(on, on.baseTree, "a", atHome);
  await prepared(on, on.change({ "lib.js": "2\n" }), "b", atHome);
  const [first, second] = ["home-a", "home-b"].map((name) => join(on.scratch, name)) as [string, string];

  expect(readdirSync(first)).toEqual(["go"]);
  const folder = join(on.scratch, "a");
  const mounts = [homeMount(first)];
  const script = "chmod u+w ~/go/pkg ~/go/pkg/m && echo spoilt > ~/go/pkg/m && cat ~/go/pkg/m";
  const ended = await sandbox.run({ argv: ["sh", "-c", script], folder, mounts, timeoutMs: 60_000 });
  expect(ended).toMatchObject({ exitCode: 0, output: "spoilt\n" });
  expect(readFileSync(join(second, "go/pkg/m"), "utf8")).toBe("m\n");
});

test("a home that an earlier process left is not copied into: a link in it would lead out", async () => {
  using on = await fixture(base);
  const [home, outside] = [join(on.scratch, "home-a"), join(on.scratch, "outside")];
  for (const folder of [home, outside]) mkdirSync(folder, { recursive: true });
  symlinkSync(outside, join(home, "go"));

  await prepared(on, on.baseTree, "a", { setup: "mkdir -p ~/go/pkg" });

  expect(readdirSync(outside)).toEqual([]);
  expect(readdirSync(join(home, "go"))).toEqual(["pkg"]);
});

test("checkouts share their dependencies' files, and none can change them for another", async () => {
  using on = await fixture(base);
  const over = {
    setup: "mkdir -p node_modules/a && echo 1 > node_modules/a/index.js && chmod 600 node_modules/a/index.js",
  };
  const [first, second] = [
    await prepared(on, on.baseTree, "a", over, true),
    await prepared(on, on.baseTree, "b", over, true),
  ];
  const inA = join(first, "node_modules/a/index.js");
  const inB = join(second, "node_modules/a/index.js");
  // Without a user of its own for the sandbox each has a copy.
  const isShared = lstatSync(inA).ino === lstatSync(inB).ino;
  expect(isShared).toBe(process.getuid?.() === 0);

  const run = async (command: string) =>
    (await sandbox.run({ argv: ["sh", "-c", command], folder: first, timeoutMs: 60_000 })).output.trim();
  expect(await run("cat node_modules/a/index.js")).toBe("1");
  await run(
    "chmod u+w node_modules/a/index.js; echo 2 > node_modules/a/index.js; truncate -s 0 node_modules/a/index.js",
  );
  expect(readFileSync(inB, "utf8")).toBe("1\n");
  // Replaced, it is the checkout's own.
  await run(
    "rm -f node_modules/a/index.js; echo 3 > node_modules/a/index.js; echo 4 > node_modules/a/new.js",
  );
  expect(readFileSync(inA, "utf8")).toBe("3\n");
  expect(readFileSync(inB, "utf8")).toBe("1\n");
  expect(existsSync(join(second, "node_modules/a/new.js"))).toBe(false);
});

test("checkouts share what Go keeps under its hash; a setup that left a link there shares nothing", async () => {
  using on = await fixture(base);
  const cache = ".cache/go-build";
  const over = {
    setup: `mkdir -p ~/${cache} ~/.cache/other && echo 1 > ~/${cache}/a && echo 1 > ~/.cache/other/b`,
  };
  await prepared(on, on.baseTree, "a", over, true);
  const folder = await prepared(on, on.baseTree, "b", over, true);
  const [first, second] = ["home-a", "home-b"].map((name) => join(on.scratch, name)) as [string, string];
  const inode = (home: string, path: string) => lstatSync(join(home, path)).ino;
  const isRoot = process.getuid?.() === 0;
  expect(inode(first, `${cache}/a`) === inode(second, `${cache}/a`)).toBe(isRoot);
  expect(inode(first, ".cache/other/b")).not.toBe(inode(second, ".cache/other/b"));

  const script = `chmod u+w ~/${cache}/a; echo 2 > ~/${cache}/a; echo 3 > ~/${cache}/c; echo 4 > ~/.cache/other/b`;
  await sandbox.run({
    ...{ argv: ["sh", "-c", script], folder, mounts: [homeMount(second)], timeoutMs: 60_000 },
  });
  expect(readFileSync(join(first, `${cache}/a`), "utf8")).toBe("1\n");
  expect(readdirSync(join(first, cache))).toEqual(["a"]);
  expect(readFileSync(join(second, `${cache}/c`), "utf8")).toBe("3\n");
  expect(readFileSync(join(second, ".cache/other/b"), "utf8")).toBe("4\n");

  const outside = join(on.scratch, "outside");
  mkdirSync(outside);
  writeFileSync(join(outside, "mine"), "1\n");
  await prepared(on, on.baseTree, "c", { setup: `mkdir ~/.cache && ln -s ${outside} ~/${cache}` }, true);
  expect(lstatSync(join(outside, "mine")).mode & 0o200).toBe(0o200);
});

test("what compiles ahead runs after setup, once for the same manifests, and may fail", async () => {
  using on = await fixture(base);
  const ahead = "cat deps/lock >> ~/ahead; exit 1";
  const over = { ahead, setupReadsSources: false };
  await prepared(on, on.baseTree, "a", over);
  await prepared(on, on.change({ "lib.js": "2\n" }), "b", over);
  expect(readFileSync(join(on.scratch, "home-a/ahead"), "utf8")).toBe("1\n");
  expect(readFileSync(join(on.scratch, "home-b/ahead"), "utf8")).toBe("1\n");
});
