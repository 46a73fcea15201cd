import { and, answer, assemble, type Instruction, ifAtLeast, ifEqual, load } from "./bpf.ts";
import { absent, examined, refused } from "./syscalls.ts";

export type Architecture = "x64" | "arm64";

/** Values of <linux/seccomp.h> and <linux/audit.h>. */
const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const errno = (code: number): number => 0x00050000 | code;
const EPERM = errno(1);
const ENOSYS = errno(38);
const EAFNOSUPPORT = errno(97);
const AUDIT_ARCH = { x64: 0xc000003e, arm64: 0xc00000b7 } as const;

/** Offsets in `struct seccomp_data`; of an argument only the low word is looked at, as the kernel does for these. */
const NUMBER = 0;
const ARCH = 4;
const argument = (index: number): number => 16 + index * 8;

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
export const NEW_NAMESPACE = 0x7e020000;
export const CLONE_NEWTIME = 0x80;
export const S_IFMT = 0o170000;
export const DEVICES = [0o020000, 0o060000];
/** TIOCSTI and TIOCLINUX put characters into a terminal's input. */
export const TERMINAL_INPUT = [0x5412, 0x541c];
/** PER_LINUX, PER_LINUX32, the two with UNAME26, and "only ask": what container engines allow. */
export const PERSONALITIES = [0, 0x8, 0x20000, 0x20008, 0xffffffff];
/** Unix, IPv4, IPv6, netlink. Others (vsock, packet, alg …) are not bound by the network namespace or not needed. */
export const SOCKET_FAMILIES = [1, 2, 10, 16];

/** The filter for bubblewrap's `--seccomp`, as bytes; a denied call is an errno, a foreign architecture ends the process. */
export function seccompFilter(architecture: Architecture): Buffer {
  return assemble(seccompProgram(architecture));
}

export function seccompProgram(architecture: Architecture): Instruction[] {
  const column = architecture === "x64" ? 0 : 1;
  const numbers = (table: Readonly<Record<string, readonly [number, number]>>): number[] =>
    Object.values(table)
      .map((pair) => pair[column])
      .filter((number) => number >= 0);
  const when = (name: keyof typeof examined, body: readonly Instruction[]): Instruction[] =>
    examined[name][column] < 0 ? [] : [ifEqual(examined[name][column], 0, body.length), ...body];

  return [
    load(ARCH),
    ifEqual(AUDIT_ARCH[architecture], 1, 0),
    answer(KILL),
    load(NUMBER),
    // the x32 numbers of x86_64 would pass by the table below
    ...(architecture === "x64" ? [ifAtLeast(0x40000000, 0, 1), answer(KILL)] : []),
    ...numbers(refused).flatMap((number) => [ifEqual(number, 0, 1), answer(EPERM)]),
    ...numbers(absent).flatMap((number) => [ifEqual(number, 0, 1), answer(ENOSYS)]),
    ...when("clone", denyBits(0, NEW_NAMESPACE, EPERM)),
    ...when("unshare", denyBits(0, NEW_NAMESPACE | CLONE_NEWTIME, EPERM)),
    ...when("mknod", denyKinds(1)),
    ...when("mknodat", denyKinds(2)),
    ...when("ioctl", denyValues(1, TERMINAL_INPUT)),
    ...when("personality", allowValues(0, PERSONALITIES, EPERM)),
    ...when("socket", allowValues(0, SOCKET_FAMILIES, EAFNOSUPPORT)),
    answer(ALLOW),
  ];
}

const denyBits = (index: number, bits: number, verdict: number): Instruction[] => [
  load(argument(index)),
  and(bits),
  ifEqual(0, 1, 0),
  answer(verdict),
  answer(ALLOW),
];

const denyKinds = (index: number): Instruction[] => [
  load(argument(index)),
  and(S_IFMT),
  ...DEVICES.flatMap((kind) => [ifEqual(kind, 0, 1), answer(EPERM)]),
  answer(ALLOW),
];

const denyValues = (index: number, values: readonly number[]): Instruction[] => [
  load(argument(index)),
  ...values.flatMap((value) => [ifEqual(value, 0, 1), answer(EPERM)]),
  answer(ALLOW),
];

const allowValues = (index: number, values: readonly number[], verdict: number): Instruction[] => [
  load(argument(index)),
  ...values.flatMap((value) => [ifEqual(value, 0, 1), answer(ALLOW)]),
  answer(verdict),
];
