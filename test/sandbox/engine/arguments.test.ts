import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { type Engine, engineArguments } from "../../../src/sandbox/engine/arguments.ts";
import type { Command } from "../../../src/sandbox/sandbox.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "firstdraft-arguments-")));
for (const name of ["passwd", "group"]) writeFileSync(join(folder, name), "");
afterAll(() => rmSync(folder, { recursive: true }));

const docker: Engine = {
  name: "docker",
  program: "/usr/bin/docker",
  image: "ci.example/tools:3@sha256:0123",
  uid: 60_606,
  gid: 60_606,
  rootless: false,
  limits: { data: 8_000_000, file: 2_000_000, open: 999, processes: 1024, tmpfs: 5000 },
  nproc: 32_768,
  files: folder,
};
const container = { name: "firstdraft-1", envFile: "/proc/self/fd/3", env: {}, toEnd: true };
const command: Command = { argv: ["npm", "test", "$(id)"], folder, cwd: "web", timeoutMs: 1000 };
const node = realpathSync(process.execPath);
const seccomp = `seccomp=${folder}/seccomp.json`;

test("docker's arguments, word by word", () => {
  expect(engineArguments(docker, command, container)).toEqual(
    [
      "run --rm --init --pull never --log-driver none --name firstdraft-1",
      "--hostname sandbox --network none",
      "--user 60606:60606 --cap-drop ALL",
      `--security-opt no-new-privileges --security-opt ${seccomp}`,
      "--read-only --shm-size 5000 --tmpfs /tmp:rw,exec,nosuid,nodev,mode=1777,size=5000",
      "--tmpfs /home/sandbox:rw,exec,nosuid,nodev,mode=1777,size=5000",
      "--memory 8000000 --memory-swap 8000000 --cpu-shares 128",
      "--pids-limit 1024 --ulimit nofile=999:999",
      `--mount type=bind,source=${folder}/passwd,target=/etc/passwd,readonly`,
      `--mount type=bind,source=${folder}/group,target=/etc/group,readonly`,
      `--mount type=bind,source=${node},target=/opt/firstdraft/bin/node,readonly`,
      `--mount type=bind,source=${folder},target=/workspace`,
      "--workdir /workspace/web --env-file /proc/self/fd/3",
      "--entrypoint /bin/sh ci.example/tools:3@sha256:0123 -c",
    ]
      .flatMap((words) => words.split(" "))
      .concat([
        "unset HOSTNAME TERM container; echo 'firstdraft: the sandbox stands' >&2; exec 2>&1; ulimit -c 0 && ulimit -d 7812 && ulimit -f 3906 && ulimit -n 999 && exec \"$@\"",
        ...["sh", "npm", "test", "$(id)"],
      ]),
  );
});

test("podman's, where they differ: nothing of its own is added, and a user's own number stays its own", () => {
  const podman = { ...docker, name: "podman", rootless: true, uid: 1000, gid: 100 } as const;
  const dockers = engineArguments(docker, command, container);
  const podmans = engineArguments(podman, command, container);
  expect(podmans.filter((word) => !dockers.includes(word))).toEqual([
    "1000:100",
    ...["/tmp", "/home/sandbox"].map(
      (place) => `${place}:rw,exec,nosuid,nodev,mode=1777,size=5000,notmpcopyup`,
    ),
    ...["--read-only-tmpfs=false", "--http-proxy=false", "--userns", "keep-id", "nproc=32768:32768"],
  ]);
});

test("a command with network has the engine's own, and this machine's certificates where it names them", () => {
  const env = { SSL_CERT_FILE: "/etc/ssl/certs/ca-certificates.crt", HTTPS_PROXY: "http://127.0.0.1:3128" };
  const words = engineArguments(docker, { ...command, network: true }, { ...container, env });
  expect(words).not.toContain("--network");
  const file = realpathSync(env.SSL_CERT_FILE);
  expect(words).toContain(`type=bind,source=${file},target=${env.SSL_CERT_FILE},readonly`);
});

test("whose container it is stands in a label, where somebody is to find it again", () => {
  const words = engineArguments({ ...docker, owner: "one" }, command, container);
  expect(words.slice(words.indexOf("--label")).slice(0, 2)).toEqual(["--label", "firstdraft.owner=one"]);
  expect(engineArguments(docker, command, container)).not.toContain("--label");
});

test("a command that is spoken to has its standard input, and keeps its two outputs apart", () => {
  const words = engineArguments(docker, command, { ...container, toEnd: false });
  expect(words).toContain("--interactive");
  expect(words.join(" ")).not.toContain("2>&1");
});

test("mounts: a HOME takes the empty one's place, each place is mounted once, and only what is writable is", () => {
  const mounts = [
    { host: folder, inside: "/home/sandbox", writable: true },
    { host: process.execPath, inside: "/opt/firstdraft/bin/node" },
    { host: folder, inside: "/reports" },
  ];
  const words = engineArguments(docker, { ...command, mounts }, container);
  expect(words.filter((word) => word.startsWith("/home/sandbox"))).toEqual([]);
  expect(words.filter((word) => word.endsWith("target=/opt/firstdraft/bin/node,readonly"))).toHaveLength(1);
  expect(words).toContain(`type=bind,source=${folder},target=/home/sandbox`);
  expect(words).toContain(`type=bind,source=${folder},target=/reports,readonly`);
});

test("no value of the environment, no socket and no device is in them", () => {
  const env = { NPM_TOKEN: "canary-token", PATH: "/usr/bin" };
  const words = engineArguments(docker, { ...command, env }, { ...container, env }).join(" ");
  expect(words).not.toMatch(/canary-token|docker\.sock|--device|--privileged|--env |-e /);
});

test("a folder whose name would end the option is refused", () => {
  const odd = mkdtempSync(join(folder, "a,readonly=false,"));
  expect(() => engineArguments(docker, { ...command, folder: odd }, container)).toThrow(
    "has a comma or a quote",
  );
});
