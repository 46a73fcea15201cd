import type { ProbeFunction } from "./probes.ts";
import { absent, examined, refused } from "./syscalls.ts";

/** EPERM, ENOSYS and EAFNOSUPPORT are the filter's answers. */
const DENIED = new Set(["1", "38", "97"]);
const CLONE_NEWUSER = 0x10000000;
const S_IFCHR = 0o020000;
const TIOCSTI = 0x5412;
const AF_VSOCK = 40;
const PR_GET_NO_NEW_PRIVS = 39;

/** Namespaces, mounts, tracing, keys, devices and the like are refused by the kernel. */
export const probeKernel: ProbeFunction = async ({ run }) => {
  const column = process.arch === "x64" ? 0 : 1;
  const calls: Readonly<Record<string, readonly number[]>> = {
    unshare: [examined.unshare[column], CLONE_NEWUSER],
    clone: [examined.clone[column], CLONE_NEWUSER],
    ioctl: [examined.ioctl[column], 0, TIOCSTI, 0],
    mknod: [examined.mknodat[column], -100, 0, S_IFCHR, 0],
    vsock: [examined.socket[column], AF_VSOCK, 1, 0],
    ...numbersOf(
      ["mount", "ptrace", "bpf", "keyctl", "perf_event_open", "userfaultfd", "setns"],
      refused,
      column,
    ),
    ...numbersOf(["io_uring_setup", "clone3"], absent, column),
  };
  const [status, tried] = await Promise.all([
    run(["grep", "-E", "^(Seccomp|NoNewPrivs|CapEff|CapBnd):", "/proc/self/status"]),
    // perl is in the base system of most distributions and can make any call
    run([
      "perl",
      "-e",
      PERL,
      `no_new_privs=${[157, 167][column]},${PR_GET_NO_NEW_PRIVS},0,0,0,0`,
      ...Object.entries(calls).map(([name, numbers]) => `${name}=${numbers.join(",")}`),
    ]),
  ]);
  const locked = ["Seccomp:\t2", "NoNewPrivs:\t1", "CapEff:\t0000000000000000", "CapBnd:\t0000000000000000"];
  const missing = locked.filter((line) => !status.output.includes(line) && !tried.output.includes(line));
  const passed = [...tried.output.matchAll(/^(\w+) (\d+)$/gm)].filter(
    ([, , errno = ""]) => !DENIED.has(errno),
  );
  const open = [...missing, ...passed.map(([line]) => line)];
  const count =
    tried.exitCode === 0 ? `${Object.keys(calls).length} calls refused` : "calls not tried (no perl)";
  return {
    held: open.length === 0,
    detail: open.length === 0 ? `${count}; filter on, no capabilities` : open.join(", "),
  };
};

/** gVisor's status has no line for new privileges, so that is asked for as well, and told in the same words. */
const PERL = `for (@ARGV) {
  my ($name, $list) = split /=/; my @n = split /,/, $list; $! = 0;
  my $r = syscall(shift @n, map { $_ + 0 } @n);
  exit 0 if $name eq "clone" && $r == 0;
  if ($name eq "no_new_privs") { print "NoNewPrivs:\\t$r\\n"; next }
  print "$name ", ($r == -1 ? $!+0 : 0), "\\n";
}`;

const numbersOf = (
  names: readonly string[],
  table: Readonly<Record<string, readonly [number, number]>>,
  column: 0 | 1,
): Record<string, readonly number[]> =>
  Object.fromEntries(names.map((name) => [name, [table[name]?.[column] ?? -1, 0, 0, 0, 0, 0]]));
