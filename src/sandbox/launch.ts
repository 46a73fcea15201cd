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

/**
 * Niceness, of 39 steps, by which a program comes after the controller: that still answers beside one that only computes.
 * Taken on by the process before it is the program, which may start others at once.
 */
const STEPS = "10";

/** In a process group of its own, so that a terminal's interrupt does not reach it and it can be killed as one. */
export function launch({ argv, env, cwd, uid, descriptors = [], line, stdin }: Launch): ChildProcess {
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
    return spawn("nice", ["-n", STEPS, ...argv], {
      cwd,
      env: { ...env },
      stdio,
      detached: true,
      ...identity,
    });
  } finally {
    for (const fd of [devNull, ...descriptors]) closeSync(fd);
  }
}
