import { expect, test } from "@jest/globals";
import type { Instruction } from "../../src/sandbox/bpf.ts";
import { type Architecture, seccompFilter, seccompProgram } from "../../src/sandbox/seccomp.ts";

const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const EPERM = 0x00050001;
const ENOSYS = 0x00050026;
const ARCH = { x64: 0xc000003e, arm64: 0xc00000b7 };

/** Runs the filter as the kernel would, for one call. */
function verdict(
  program: readonly Instruction[],
  arch: number,
  number: number,
  args: readonly number[] = [],
): number {
  const data = new Map<number, number>([
    [0, number],
    [4, arch],
    ...args.map((value, index) => [16 + index * 8, value >>> 0] as [number, number]),
  ]);
  let word = 0;
  for (let at = 0; at < program.length; at++) {
    const { code, jt, jf, k } = program[at] as Instruction;
    if (code === 0x06) return k >>> 0;
    if (code === 0x20) word = data.get(k) ?? 0;
    else if (code === 0x54) word = (word & k) >>> 0;
    else if (code === 0x15) at += word === k >>> 0 ? jt : jf;
    else if (code === 0x35) at += word >= k >>> 0 ? jt : jf;
    else throw new Error(`unknown instruction ${code}`);
  }
  throw new Error("the program ends without an answer");
}

test.each<[Architecture, string, number, number[], number]>([
  ["x64", "read", 0, [], ALLOW],
  ["x64", "mount", 165, [], EPERM],
  ["x64", "ptrace", 101, [], EPERM],
  ["x64", "bpf", 321, [], EPERM],
  ["x64", "clone3", 435, [], ENOSYS],
  ["x64", "io_uring_setup", 425, [], ENOSYS],
  ["x64", "clone of a thread", 56, [0x3d0f00], ALLOW],
  ["x64", "clone into a user namespace", 56, [0x10000011], EPERM],
  ["x64", "unshare of files", 272, [0x400], ALLOW],
  ["x64", "unshare of the time namespace", 272, [0x80], EPERM],
  ["x64", "mknod of a fifo", 133, [0, 0o010644], ALLOW],
  ["x64", "mknod of a disk", 133, [0, 0o060644], EPERM],
  ["x64", "mknodat of a terminal", 259, [0, 0, 0o020644], EPERM],
  ["x64", "ioctl TCGETS", 16, [0, 0x5401], ALLOW],
  ["x64", "ioctl TIOCSTI", 16, [0, 0x5412], EPERM],
  ["x64", "personality query", 135, [0xffffffff], ALLOW],
  ["x64", "personality READ_IMPLIES_EXEC", 135, [0x400000], EPERM],
  ["x64", "TCP socket", 41, [2, 1], ALLOW],
  ["x64", "vsock socket", 41, [40, 1], 0x00050061],
  ["x64", "x32 read", 0x40000000, [], KILL],
  ["arm64", "read", 63, [], ALLOW],
  ["arm64", "mount", 40, [], EPERM],
  ["arm64", "ptrace", 117, [], EPERM],
  ["arm64", "clone3", 435, [], ENOSYS],
  ["arm64", "clone into a user namespace", 220, [0x10000011], EPERM],
  ["arm64", "mknodat of a disk", 33, [0, 0, 0o060644], EPERM],
  ["arm64", "ioctl TIOCSTI", 29, [0, 0x5412], EPERM],
])("%s: %s", (architecture, _name, number, args, expected) => {
  expect(verdict(seccompProgram(architecture), ARCH[architecture], number, args)).toBe(expected);
});

test("a call of another architecture ends the process", () => {
  expect(verdict(seccompProgram("x64"), ARCH.arm64, 63)).toBe(KILL);
  expect(verdict(seccompProgram("x64"), 0x40000003, 3)).toBe(KILL);
});

test("the bytes are the kernel's struct, eight for each instruction", () => {
  const bytes = seccompFilter("x64");
  expect(bytes.length).toBe(seccompProgram("x64").length * 8);
  expect(bytes.subarray(0, 16).toString("hex")).toBe("2000000004000000" + "150001003e0000c0");
});
