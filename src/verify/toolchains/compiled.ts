import type { Look } from "../look.ts";
import { folderOf } from "../plan/project-folders.ts";
import { cargoMembers } from "../plan/workspaces.ts";
import type { Toolchain } from "../toolchain.ts";
import { goAhead } from "./go-setup.ts";
import { gradleSetup, mavenSetup } from "./java-setup.ts";

/** Toolchains that one file at the root gives away. */
const byFile: readonly {
  readonly file: string;
  readonly toolchain: Omit<Toolchain, "manifests">;
  readonly manifests: RegExp;
}[] = [
  {
    file: "go.mod",
    toolchain: {
      name: "go",
      setup: "go mod download",
      ahead: goAhead,
      test: "go test ./...",
      runner: "go",
      setupReadsSources: false,
    },
    manifests: /(^|\/)go\.(mod|sum|work)$/,
  },
  {
    file: "Cargo.toml",
    toolchain: {
      name: "cargo",
      setup: "cargo fetch",
      test: "cargo test",
      runner: "cargo",
      setupReadsSources: false,
    },
    manifests: /(^|\/)Cargo\.(toml|lock)$/,
  },
  {
    file: "pom.xml",
    toolchain: {
      name: "maven",
      setup: mavenSetup,
      test: "mvn -B test",
      runner: "maven",
      setupReadsSources: false,
    },
    manifests: /(^|\/)pom\.xml$|^\.mvn\//,
  },
  ...["build.gradle", "build.gradle.kts"].map((file) => ({
    file,
    toolchain: {
      name: "gradle",
      setup: gradleSetup,
      test: "gradle test",
      runner: "gradle",
      setupReadsSources: false,
    } as const,
    manifests: /\.gradle(\.kts)?$|(^|\/)gradle\.(properties|lockfile)$|(^|\/)(gradle|buildSrc|build-logic)\//,
  })),
  {
    file: "CMakeLists.txt",
    toolchain: {
      name: "cmake",
      setup: null,
      test: "cmake -S . -B build && cmake --build build && ctest --test-dir build --output-on-failure",
      runner: "ctest",
      setupReadsSources: true,
    },
    manifests: /(^|\/)CMakeLists\.txt$/,
  },
  {
    file: "meson.build",
    toolchain: {
      name: "meson",
      // What the machine has is taken before these.
      setup: "meson subprojects download || echo 'not downloaded'",
      test: "meson setup builddir && meson test -C builddir",
      runner: "meson",
      setupReadsSources: false,
    },
    manifests: /^subprojects\/[^/]+\.wrap$/,
  },
];

/** Go, Rust, Maven, Gradle, CMake or Meson. */
export async function findCompiled(look: Look): Promise<Toolchain | null> {
  const found = byFile.find(({ file }) => look.paths.includes(file));
  if (found === undefined) return null;
  const members = found.file === "Cargo.toml" ? await cargoPackages(look) : [];
  const wrapper = { maven: "mvnw", gradle: "gradlew" }[found.toolchain.name];
  const wrapped = wrapper !== undefined && look.paths.includes(wrapper);
  const called = (command: string | null) =>
    wrapped ? (command ?? "").replace(/(?<=^|&& )(mvn|gradle)(?= )/, `./${wrapper}`) : command;
  return {
    ...found.toolchain,
    test: called(found.toolchain.test),
    // Alone it would test the package at the root and no other.
    ...(members.length > 0 ? { test: "cargo test --workspace", members } : {}),
    manifests: look.paths.filter((path) => found.manifests.test(path)),
    // Nothing to download where the manifest asks for nothing.
    setup: (await needsDownload(look, found.file)) ? called(found.toolchain.setup) : null,
  };
}

/** The packages of a Cargo workspace with its root here; none where it is no workspace. */
async function cargoPackages(look: Look): Promise<{ folder: string; name: string }[]> {
  const isMember = await cargoMembers(look);
  const files = look.paths.filter((path) => /(^|\/)Cargo\.toml$/.test(path));
  const folders = files.map(folderOf).filter((folder) => folder !== "" && isMember(folder));
  const all = folders.length === 0 ? [] : ["", ...folders];
  const packages = await Promise.all(
    all.map(async (folder) => {
      const text = (await look.read(folder === "" ? "Cargo.toml" : `${folder}/Cargo.toml`)) ?? "";
      const [, name] = /^\[package\][^[]*?^name\s*=\s*"([^"]+)"/m.exec(text) ?? [];
      return name === undefined ? [] : [{ folder, name }];
    }),
  );
  return packages.flat();
}

async function needsDownload(look: Look, file: string): Promise<boolean> {
  if (file === "meson.build") return look.paths.some((path) => /^subprojects\/[^/]+\.wrap$/.test(path));
  const text = (await look.read(file)) ?? "";
  if (file === "go.mod") return /^require\b/m.test(text);
  return file !== "Cargo.toml" || /^\[(\w+-)?dependencies[\].]|^\[workspace/m.test(text);
}
