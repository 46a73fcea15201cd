import {
  type Architecture,
  CLONE_NEWTIME,
  DEVICES,
  NEW_NAMESPACE,
  S_IFMT,
  SOCKET_FAMILIES,
  TERMINAL_INPUT,
} from "./seccomp.ts";
import { absent, type examined, refused } from "./syscalls.ts";

const EPERM = 1;
const EAFNOSUPPORT = 97;
/** UNAME26 and PER_LINUX32: the only bits of a personality that a program may set. */
const PERSONALITY_BITS = 0x20008;

interface Rule {
  readonly names: readonly string[];
  readonly action: "SCMP_ACT_ERRNO" | "SCMP_ACT_TRACE";
  readonly errnoRet?: number;
  readonly args?: readonly Comparison[];
}

interface Comparison {
  readonly index: number;
  /** For a masked comparison the mask, which takes the low word alone, as the kernel does for these arguments. */
  readonly value: number;
  readonly valueTwo?: number;
  readonly op: "SCMP_CMP_MASKED_EQ" | "SCMP_CMP_GT";
}

/** `seccomp.ts` in the words of the OCI runtime specification, for what takes no filter of ours: runsc, docker, podman. */
export function ociSeccomp(architecture: Architecture): object {
  return {
    defaultAction: "SCMP_ACT_ALLOW",
    architectures: [architecture === "x64" ? "SCMP_ARCH_X86_64" : "SCMP_ARCH_AARCH64"],
    syscalls: [
      deny(Object.keys(refused), EPERM),
      // without a tracer, which there is none of, the answer is ENOSYS: runsc gives no other number than EPERM
      { names: Object.keys(absent), action: "SCMP_ACT_TRACE" },
      ...bitsOf(NEW_NAMESPACE).map((bit) => when("clone", EPERM, equals(0, bit, bit))),
      ...bitsOf(NEW_NAMESPACE | CLONE_NEWTIME).map((bit) => when("unshare", EPERM, equals(0, bit, bit))),
      ...DEVICES.map((kind) => when("mknod", EPERM, equals(1, S_IFMT, kind))),
      ...DEVICES.map((kind) => when("mknodat", EPERM, equals(2, S_IFMT, kind))),
      ...TERMINAL_INPUT.map((command) => when("ioctl", EPERM, equals(1, 0xffffffff, command))),
      ...bitsOf(~PERSONALITY_BITS).map((bit) => when("personality", EPERM, equals(0, bit, bit))),
      ...otherFamilies().map((family) => when("socket", EAFNOSUPPORT, equals(0, 0xffffffff, family))),
      when("socket", EAFNOSUPPORT, { index: 0, value: Math.max(...SOCKET_FAMILIES), op: "SCMP_CMP_GT" }),
    ] satisfies Rule[],
  };
}

const deny = (names: readonly string[], errnoRet: number): Rule => ({
  names,
  action: "SCMP_ACT_ERRNO",
  errnoRet,
});

const when = (name: keyof typeof examined, errnoRet: number, comparison: Comparison): Rule => ({
  ...deny([name], errnoRet),
  args: [comparison],
});

const equals = (index: number, mask: number, value: number): Comparison => ({
  index,
  value: mask,
  valueTwo: value,
  op: "SCMP_CMP_MASKED_EQ",
});

/** The families below the highest that may be used. A rule only refuses, so "none but these" takes one for each other. */
const otherFamilies = (): number[] =>
  Array.from({ length: Math.max(...SOCKET_FAMILIES) }, (_, family) => family).filter(
    (family) => !SOCKET_FAMILIES.includes(family),
  );

const bitsOf = (mask: number): number[] =>
  Array.from({ length: 32 }, (_, position) => 2 ** position).filter((bit) => (mask & bit) !== 0);
