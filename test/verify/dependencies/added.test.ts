import { expect, test } from "@jest/globals";
import { addedDependencies } from "../../../src/verify/dependencies/added.ts";
import { lookAt } from "../../../src/verify/look.ts";
import { changesBetween } from "../../../src/workspace/changes-between.ts";
import { type Files, fixture } from "../repository.ts";

/** `ecosystem name (elsewhere) line` of each dependency that `change` adds. */
async function added(base: Files, change: Files): Promise<string[]> {
  using on = await fixture({ "README.md": "", ...base });
  const headTree = on.change(change);
  const found = await addedDependencies(
    await lookAt(on.repository, on.baseTree),
    await lookAt(on.repository, headTree),
    await changesBetween(on.repository, on.baseTree, headTree),
  );
  expect(found.unreadable).toEqual([]);
  return found.added.map(({ ecosystem, name, elsewhere, line, indirect }) =>
    [ecosystem, name, ...(elsewhere === undefined ? [] : [`(${elsewhere})`]), line, indirect && "indirect"]
      .filter((part) => part !== undefined)
      .join(" "),
  );
}

test("package.json: all sections, aliases, other places, and what is put in a package's place", async () => {
  const manifest = {
    name: "x",
    dependencies: {
      a: "^1",
      "@s/b": "npm:real-b@2",
      "@s/c": "npm:@t/real-c@3",
      d: "github:o/d#v1",
      e: "o/e",
    },
    devDependencies: { f: "file:../f", g: "workspace:*", h: "https://evil.example/h.tgz", i: "catalog:" },
    optionalDependencies: { j: "latest", k: 1 },
    peerDependencies: { l: ">=1 <3 || 5" },
    overrides: { m: "npm:real-m@1", n: "1", o: { p: "git+ssh://git@evil.example/p" } },
    scripts: { q: "r" },
  };
  expect(await added({}, { "web/package.json": JSON.stringify(manifest, null, 1) })).toEqual([
    "npm a 4",
    "npm real-b 5",
    "npm @t/real-c 6",
    "npm d (github:o/d#v1) 7",
    "npm e (o/e) 8",
    "npm f (file:../f) 11",
    "npm g (workspace:*) 12",
    "npm h (https://evil.example/h.tgz) 13",
    "npm i 14",
    "npm j 17",
    "npm l 21",
    "npm real-m 24",
    "npm p (git+ssh://git@evil.example/p) 27",
  ]);
});

test("pyproject.toml: the standard's tables and those of Poetry and uv", async () => {
  const toml = `[build-system]
requires = ["hatchling"]
[project]
name = "x"
dependencies = ["Plain_One>=1", "extra[all] ~= 2; python_version > '3.8'", "direct @ https://evil.example/d.whl"]
[project.optional-dependencies]
more = ["optional"]
[dependency-groups]
dev = ["grouped<2", { include-group = "more" }, "forked"]
[tool.uv.sources]
forked = { git = "https://evil.example/forked" }
[tool.poetry.dependencies]
python = "^3.9"
caret = "^1"
from-git = { git = "https://evil.example/g.git" }
many = [{ version = "1", python = "<3" }, { path = "../many" }]
[tool.poetry.group.test.dependencies]
tested = "*"
`;
  expect(
    await added(
      { "pyproject.toml": '[project]\ndependencies = ["plain-one"]\n' },
      { "pyproject.toml": toml },
    ),
  ).toEqual([
    "PyPI extra 5",
    "PyPI direct (https://evil.example/d.whl) 5",
    "PyPI hatchling 2",
    "PyPI optional 7",
    "PyPI grouped 9",
    "PyPI forked (https://evil.example/forked) 9",
    "PyPI caret 14",
    "PyPI from-git (https://evil.example/g.git) 15",
    "PyPI many 16",
    "PyPI many (../many) 16",
    "PyPI tested 18",
  ]);
});

test("lists of requirements and setup.cfg", async () => {
  const txt = `# a comment
-r other.txt
--index-url https://evil.example/simple
one==1 --hash=sha256:00 \\
  --hash=sha256:01
Two.Two[x] ; python_version < "4" # why
-e git+https://evil.example/three.git#egg=three
./four
https://evil.example/five.whl
`;
  expect(await added({}, { "requirements-dev.txt": txt, "requirements/base.txt": "six\n" })).toEqual([
    "PyPI one 4",
    "PyPI two-two 6",
    "PyPI three (git+https://evil.example/three.git#egg=three) 7",
    "PyPI four (./four) 8",
    "PyPI five-whl (https://evil.example/five.whl) 9",
    "PyPI six 1",
  ]);
  const cfg = `[metadata]
name = seven
[options]
install_requires =
    eight>=1
    nine
packages = find:
setup_requires = ten
[options.extras_require]
dev =
    eleven
`;
  expect(await added({}, { "setup.cfg": cfg })).toEqual([
    "PyPI eight 5",
    "PyPI nine 6",
    "PyPI ten 8",
    "PyPI eleven 11",
  ]);
});

test("go.mod: what is required and what is put in its place", async () => {
  const mod = `module example.org/sums
go 1.22
require example.org/one v1.0.0
require (
	example.org/two/v2 v2.1.0 // a comment
	example.org/three v0.0.1 // indirect
	"example.org/four" v1.0.0
	example.org/local v1.0.0
)
replace example.org/one => example.org/fork v1.0.1
replace (
	example.org/local v1.0.0 => ../local
)
exclude example.org/five v1.0.0
tool example.org/two/v2/cmd/two
`;
  expect(await added({ "go.mod": "module example.org/sums\n" }, { "go.mod": mod })).toEqual([
    "Go example.org/one 3",
    "Go example.org/two/v2 5",
    "Go example.org/three 6 indirect",
    "Go example.org/four 7",
    "Go example.org/fork 10",
    "Go example.org/local (../local) 8",
  ]);
});

test("Cargo.toml: all tables, targets, the workspace, other names and places", async () => {
  const toml = `[package]
name = "sums"
[dependencies]
one = "1"
two = { version = "2", features = ["x"] }
renamed = { package = "three", version = "1" }
inherited = { workspace = true }
[dev-dependencies]
four = { git = "https://evil.example/four" }
[build-dependencies.five]
path = "../five"
[target.'cfg(unix)'.dependencies]
six = "1"
[workspace.dependencies]
seven = { version = "1", registry = "own" }
[patch.crates-io]
one = { git = "https://evil.example/one" }
`;
  expect(await added({}, { "Cargo.toml": toml })).toEqual([
    "Cargo one 4",
    "Cargo two 5",
    "Cargo three 6",
    "Cargo four (https://evil.example/four) 9",
    "Cargo five (../five) 11",
    "Cargo seven (own) 15",
    "Cargo six 13",
    "Cargo one (https://evil.example/one) 4",
  ]);
});

test("Maven, Gradle, Composer and Bundler", async () => {
  const pom = `<project>
<parent><groupId>org.example</groupId><artifactId>parent</artifactId></parent>
<dependencies>
<dependency><groupId>org.example</groupId><artifactId>one</artifactId><version>1</version></dependency>
<dependency><groupId>org.example</groupId><artifactId>two</artifactId></dependency>
</dependencies>
<build><plugins><plugin><artifactId>some-plugin</artifactId></plugin></plugins></build>
</project>`;
  const gradle = `plugins {
    id 'java'
    id("org.example.thing") version "1"
}
dependencies {
    implementation 'org.example:one:1.0'
    testImplementation(group: "org.example", name: "two", version: "1")
    // implementation 'org.example:commented:1'
    implementation project(':core')
}
`;
  const catalogue = '[libraries]\na = "org.example:a:1"\nb = { module = "org.example:b", version = "1" }\n';
  expect(await added({}, { "pom.xml": pom })).toEqual([
    "Maven org.example:parent 2",
    "Maven org.example:one 4",
    "Maven org.example:two 5",
    "Maven org.apache.maven.plugins:some-plugin 7",
  ]);
  expect(await added({}, { "build.gradle": gradle, "gradle/libs.versions.toml": catalogue })).toEqual([
    "Maven org.example.thing:org.example.thing.gradle.plugin 3",
    "Maven org.example:one 6",
    "Maven org.example:two 7",
    "Maven org.example:a 2",
    "Maven org.example:b 3",
  ]);
  const composer =
    '{\n"require": {\n"php": ">=8",\n"ext-json": "*",\n"Acme/One": "^1"},\n"require-dev": {"acme/two": "1"}}';
  expect(await added({}, { "composer.json": composer })).toEqual([
    "Composer acme/one 5",
    "Composer acme/two 6",
  ]);
  const gems = `source "https://gems.example"
gem "one", "~> 1"
# gem "commented"
group(:test) { gem 'inner' }
  gem 'two', git: "https://evil.example/two"
gem("three", path: "../three")
`;
  expect(await added({}, { Gemfile: gems, "x.gemspec": 's.add_development_dependency "four", "1"' })).toEqual(
    [
      "RubyGems one 2",
      "RubyGems inner 4",
      "RubyGems two (https://evil.example/two) 5",
      "RubyGems three (../three) 6",
      "RubyGems four 1",
    ],
  );
});

test("what another manifest of the base asks for is nothing new, nor is what a deleted one asked for", async () => {
  const one = (name: string) => JSON.stringify({ dependencies: { [name]: "1" } });
  const base = { "a/package.json": one("x"), "b/package.json": one("y"), "c/package.json": one("z") };
  const change = { "a/package.json": one("y"), "c/package.json": null, "d/package.json": one("new") };
  expect(await added(base, change)).toEqual(["npm new 1"]);
});

test("a hostile manifest takes no longer than its size", async () => {
  const long = "a".repeat(200_000);
  const files = {
    "build.gradle": `${'"'.repeat(50_000)}\n${" ".repeat(100_000)}group${" ".repeat(100_000)}\n${`"${long}:`.repeat(3)}`,
    Gemfile: `${" ".repeat(200_000)}gem ${long}\ngem "x", ${"git: ".repeat(40_000)}`,
    "requirements.txt": `${" ".repeat(200_000)}#\n${"[".repeat(100_000)}\n${long}[${long}\n`,
    "go.mod": `require ${long} v1\nrequire (${"\n(".repeat(50_000)}`,
    "setup.cfg": `[options]\ninstall_requires =${"\n [".repeat(50_000)}`,
  };
  expect(await added({}, files)).toEqual(["RubyGems x 2", "Go ( 2"]);
});

test("no more than 200 are listed; the others are counted", async () => {
  const names = Array.from({ length: 5000 }, (_, i) => [`p${i}`, "1"]);
  using on = await fixture({ "README.md": "" });
  const headTree = on.change({
    "package.json": JSON.stringify({ dependencies: Object.fromEntries(names) }, null, 1),
  });
  const [base, head] = [await lookAt(on.repository, on.baseTree), await lookAt(on.repository, headTree)];
  const found = await addedDependencies(
    base,
    head,
    await changesBetween(on.repository, on.baseTree, headTree),
  );
  expect([found.added.length, found.left]).toEqual([200, 4800]);
});
