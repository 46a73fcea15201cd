import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { inheritedDescriptors } from "./inherited.ts";

/** A program about to be started: everything said, nothing inherited. */
export interface Launch {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** User and group to become; absent: stay. */
  readonly uid?: number;
  /** Open descriptors for the program, from 3 on; closed here once it has them. */
  readonly descriptors?: readonly number[];
  /** Number of a further descriptor, beyond those, that is a socket between the program and us; absent: none. */
  readonly line?: number;
  readonly stdin: "pipe" | "ignore";
}

/** In a process group of its own, so that a terminal's interrupt does not reach it and it can be killed as one. */
export function launch({ argv, env, cwd, uid, descriptors = [], line, stdin }: Launch): ChildProcess {
  const [file, ...args] = argv;
  const devNull = openSync("/dev/null", "r");
  const stdio: (number | "pipe" | "ignore")[] = [stdin, "pipe", "pipe", ...descriptors];
  if (line !== undefined) {
    while (stdio.length < line) stdio.push("ignore");
    stdio.push("pipe");
  }
  for (const fd of inheritedDescriptors()) {
    // "ignore" leaves a number above 2 as it is
    while (stdio.length < fd) stdio.push("ignore");
    if (fd === stdio.length) stdio.push(devNull);
  }
  try {
    const identity = uid === undefined ? {} : { uid, gid: uid };
    return spawn(file, args, { cwd, env: { ...env }, stdio, detached: true, ...identity });
  } finally {
    for (const fd of [devNull, ...descriptors]) closeSync(fd);
  }
}
