import { entry } from "./problem-entry.ts";

/** Why there is no sandbox to run generated code in. */
export const sandboxProblems = {
  "sandbox-missing": entry(
    "infrastructure",
    () => "bubblewrap (bwrap) is not installed, so generated code has nowhere safe to run.",
    () => "Install it: apt-get install bubblewrap (Debian, Ubuntu) or dnf install bubblewrap (Fedora).",
  ),
  "sandbox-gvisor-missing": entry(
    "infrastructure",
    () => "gVisor (runsc) is not installed, so generated code has nowhere safe to run.",
    () =>
      "Install it: apt-get install runsc (Debian 13 or newer), or the release of gvisor.dev; or set FIRSTDRAFT_SANDBOX=bubblewrap.",
  ),
  "sandbox-gvisor-old": entry(
    "infrastructure",
    () => "The installed gVisor (runsc) is too old: a program as common as ls does not run in it.",
    () => "Install a release from 2024 or newer: Debian 13's runsc, or that of gvisor.dev.",
  ),
  "sandbox-engine-missing": entry(
    "infrastructure",
    ({ provider }) => `${provider} is not installed, so generated code has nowhere safe to run.`,
    () => "Install it for the user that runs firstdraft, or set FIRSTDRAFT_SANDBOX=bubblewrap.",
  ),
  "sandbox-engine-silent": entry(
    "infrastructure",
    ({ provider, message }) => `${provider} does not answer: ${message}`,
    ({ provider }) =>
      `See that ${provider} info succeeds for the user that runs firstdraft, or set FIRSTDRAFT_SANDBOX=bubblewrap.`,
  ),
  "sandbox-image-missing": entry(
    "use",
    ({ provider }) => `FIRSTDRAFT_SANDBOX is ${provider}, but no image was named.`,
    () =>
      "Set FIRSTDRAFT_SANDBOX_IMAGE to one that has the toolchains of your repositories, best by its digest.",
  ),
  "sandbox-image-unknown": entry(
    "infrastructure",
    ({ provider, image }) => `${provider} has no image ${image} on this machine.`,
    ({ provider, image }) => `Fetch it yourself: ${provider} pull ${image}. firstdraft never fetches one.`,
  ),
  "sandbox-mount-name": entry(
    "use",
    ({ path }) => `${path} cannot be shown in a container: its name has a comma or a quote.`,
    () => "Set DATA_DIR (and TMPDIR) to a folder without them.",
  ),
  "sandbox-variable-lines": entry(
    "use",
    ({ name }) => `The variable ${name} has several lines, which a container cannot be given.`,
    () => "Take it out of FIRSTDRAFT_SETUP_ENV, or use FIRSTDRAFT_SANDBOX=bubblewrap.",
  ),
  "sandbox-platform": entry(
    "infrastructure",
    ({ platform }) => `The sandbox needs Linux on x86_64 or aarch64; this is ${platform}.`,
    () =>
      "Run firstdraft on such a machine, for example in a virtual machine or a GitHub-hosted Ubuntu runner.",
  ),
  "sandbox-too-old": entry(
    "infrastructure",
    () => "The installed bubblewrap is older than 0.8.0 and cannot close the sandbox completely.",
    () =>
      "Install bubblewrap 0.8.0 or newer (Debian 12, Ubuntu 24.04 and Fedora have it); bwrap --version shows yours.",
  ),
  "sandbox-userns-blocked": entry(
    "infrastructure",
    () => "This machine does not let an unprivileged user make the namespaces that the sandbox is built of.",
    () =>
      "Allow them: sysctl -w user.max_user_namespaces=15000 and, where it exists, sysctl -w kernel.unprivileged_userns_clone=1; in a container also add --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined.",
  ),
  "sandbox-apparmor": entry(
    "infrastructure",
    () =>
      "AppArmor keeps unprivileged users on this machine from making namespaces (the default since Ubuntu 23.10).",
    () =>
      "Lift that restriction: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 (until the next start; a file in /etc/sysctl.d keeps it).",
  ),
  "sandbox-tool-missing": entry(
    "infrastructure",
    ({ program }) =>
      `The program ${program}, which root needs to show its toolchains to the sandbox, is not installed.`,
    () => "Install util-linux, mount and bash, or run firstdraft as an ordinary user.",
  ),
  "sandbox-screen": entry(
    "infrastructure",
    ({ folder }) => `The toolchains under ${folder} cannot be shown to the sandbox: root may not mount here.`,
    () => "Run firstdraft as an ordinary user, or give the container it runs in the capability SYS_ADMIN.",
  ),
  "sandbox-failed": entry(
    "infrastructure",
    ({ message }) => `The sandbox did not start a command: ${message}.`,
    () => "firstdraft doctor shows which part of the sandbox does not work on this machine.",
  ),
  "sandbox-left-over": entry(
    "infrastructure",
    ({ provider, message }) =>
      `Containers that an earlier firstdraft left running are not removed: ${provider}: ${message}.`,
    ({ provider }) =>
      `Remove them by hand: ${provider} ps --filter label=firstdraft.owner lists them. Then start firstdraft again.`,
  ),
  "sandbox-leaks": entry(
    "infrastructure",
    ({ ways }) => `The sandbox does not hold on this machine: ${ways}.`,
    () =>
      "No job is taken. A newer kernel, a newer release of what holds the sandbox, or another machine mends it.",
  ),
  "sandbox-toolbox": entry(
    "infrastructure",
    ({ message }) => `The agent's tools did not start in the sandbox: ${message}.`,
    () => "Install firstdraft anew (npm ci), then see what firstdraft doctor says.",
  ),
  "sandbox-none-public": entry(
    "use",
    () =>
      "The sandbox is switched off, and this repository is public: anybody's code would have this user's rights here.",
    () => "Set FIRSTDRAFT_SANDBOX=bubblewrap; without a sandbox only private repositories are worked on.",
  ),
  "sandbox-none-not-accepted": entry(
    "use",
    () => "The sandbox is switched off, but it was not said that this is accepted.",
    () =>
      "Set FIRSTDRAFT_SANDBOX=bubblewrap, or also FIRSTDRAFT_ACCEPT_NO_SANDBOX=yes if generated code may do anything on this machine.",
  ),
};
