import { expect, test } from "@jest/globals";
import type { Instruction } from "../../src/sandbox/bpf.ts";
import { ociSeccomp } from "../../src/sandbox/oci-seccomp.ts";
import { type Architecture, seccompFilter, seccompProgram } from "../../src/sandbox/seccomp.ts";
import { absent, examined, refused } from "../../src/sandbox/syscalls.ts";

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

const cases: [Architecture, string, number, number[], number][] = [
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
];

test.each(cases)("%s: %s", (architecture, _name, number, args, expected) => {
  expect(verdict(seccompProgram(architecture), ARCH[architecture], number, args)).toBe(expected);
});

interface OciRule {
  readonly names: readonly string[];
  readonly action: string;
  readonly errnoRet?: number;
  readonly args?: readonly { index: number; value: number; valueTwo?: number; op: string }[];
}

/** What a container's runtime makes of our rules, for one call; arguments have 64 bits there. */
function ociVerdict(architecture: Architecture, name: string, args: readonly bigint[]): number {
  const { syscalls } = ociSeccomp(architecture) as { syscalls: readonly OciRule[] };
  const hit = syscalls.find(
    (rule) =>
      rule.names.includes(name) &&
      (rule.args ?? []).every(({ index, value, valueTwo = 0, op }) => {
        const argument = args[index] ?? 0n;
        if (op === "SCMP_CMP_GT") return argument > BigInt(value);
        if (op === "SCMP_CMP_MASKED_EQ") return (argument & BigInt(value)) === BigInt(valueTwo);
        throw new Error(`unknown comparison ${op}`);
      }),
  );
  if (hit === undefined) return ALLOW;
  // no process traces another inside, and then the answer is ENOSYS
  return hit.action === "SCMP_ACT_TRACE" ? ENOSYS : 0x00050000 | (hit.errnoRet ?? 0);
}

const named = (architecture: Architecture, number: number): string | undefined =>
  Object.entries({ ...refused, ...absent, ...examined }).find(
    ([, numbers]) => numbers[architecture === "x64" ? 0 : 1] === number,
  )?.[0];
// who asks for its personality is refused as well: a rule cannot make an exception of one value
const inBoth = cases.filter(([, name]) => name !== "x32 read" && name !== "personality query");

test.each(inBoth)("in a container's rules, %s: %s", (architecture, _name, number, args, expected) => {
  const name = named(architecture, number) ?? "not in the tables";
  for (const high of [0n, 1n << 32n]) {
    const wide = args.map((argument) => BigInt(argument >>> 0) | high);
    // the kernel looks at the low word of these; only a socket's family is then taken for another one, and refused
    const odd = high > 0n && name === "socket";
    expect(ociVerdict(architecture, name, wide)).toBe(odd ? 0x00050061 : expected);
  }
});

test("a container's rules refuse every socket but four families", () => {
  const allowed = Array.from({ length: 50 }, (_, family) => family).filter(
    (family) => ociVerdict("x64", "socket", [BigInt(family)]) === ALLOW,
  );
  expect(allowed).toEqual([1, 2, 10, 16]);
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
