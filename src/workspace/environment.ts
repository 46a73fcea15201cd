/** Of the operator's environment, git sees these alone: how to reach the network, and no secret. */
const passed = [
  "PATH",
  "TMPDIR",
  ...["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"].flatMap((name) => [name, name.toLowerCase()]),
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "GIT_SSL_CAINFO",
  "GIT_SSL_CAPATH",
  "GIT_SSL_CERT",
  "GIT_SSL_KEY",
  "GIT_SSL_NO_VERIFY",
  "GIT_PROXY_SSL_CAINFO",
];

/** Nothing configured on this machine or for this user takes part, and nothing ever asks. */
const fixed = {
  LC_ALL: "C",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_ATTR_NOSYSTEM: "1",
  GIT_TERMINAL_PROMPT: "0",
  GIT_ASKPASS: "/bin/false",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_NO_LAZY_FETCH: "1",
  GIT_LFS_SKIP_SMUDGE: "1",
  GIT_PROTOCOL_FROM_USER: "0",
} as const;

/** The whole environment of a git process in `gitDir`. HOME is there too, since curl reads `~/.netrc`. */
export function gitEnvironment(gitDir: string, operator: NodeJS.ProcessEnv = process.env) {
  const own: Record<string, string> = {};
  for (const name of passed) {
    const value = operator[name];
    if (value !== undefined) own[name] = value;
  }
  return { ...own, ...fixed, HOME: gitDir, XDG_CONFIG_HOME: gitDir, GIT_DIR: gitDir };
}
