import { spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname } from "node:path";
import { gitEnvironment } from "./git.ts";
import type { Identity } from "./identities.ts";
import type { Call, Mirror } from "./mirror.ts";

interface GitRequest {
  readonly owner: string;
  readonly name: string;
  /** What comes after `.git`, e.g. `/info/refs`. */
  readonly rest: string;
  readonly query: string;
}

/** Path of a request by git, or null. */
export function parseGitPath(path: string, query: string): GitRequest | null {
  const match = /^\/([^/]+)\/([^/]+?)(?:\.git)?(\/(?:info\/refs|git-upload-pack|git-receive-pack))$/.exec(
    path,
  );
  const [, owner, name, rest] = match ?? [];
  return owner && name && rest ? { owner, name, rest, query } : null;
}

/** 200, or what GitHub's git server says to this caller, with whose token `call` speaks. */
export async function mayUseGit(
  { owner, name, rest, query }: GitRequest,
  caller: Identity,
  call: Call,
): Promise<200 | 401 | 403 | 404> {
  const pushes = rest === "/git-receive-pack" || query.includes("git-receive-pack");
  const { status, body } = await call("GET", `/repos/${owner}/${name}`);
  if (caller.kind === "anonymous") return status === 200 && !pushes && !body.private ? 200 : 401;
  if (status === 401) return 401;
  if (status !== 200) return 404;
  if (!pushes || caller.kind !== "user") return 200;
  const role = await call("GET", `/repos/${owner}/${name}/collaborators/${caller.login}/permission`);
  return /^(write|admin)$/.test(role.body.permission) ? 200 : 403;
}

/** Lets `git http-backend` answer (CGI), and tells the API what was pushed. Format: RFC 3875. */
export async function answerGit(
  { owner, name, rest, query }: GitRequest,
  request: IncomingMessage,
  response: ServerResponse,
  mirror: Mirror,
): Promise<void> {
  await mirror.toGit();
  const child = spawn("git", ["http-backend"], {
    env: {
      ...gitEnvironment,
      GIT_PROJECT_ROOT: dirname(dirname(mirror.gitDir)),
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: `/${owner}/${name}.git${rest}`,
      QUERY_STRING: query.slice(1),
      REQUEST_METHOD: request.method ?? "GET",
      REMOTE_USER: "person",
      REMOTE_ADDR: "127.0.0.1",
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      ...header("CONTENT_LENGTH", request.headers["content-length"]),
      ...header("HTTP_CONTENT_ENCODING", request.headers["content-encoding"]),
      ...header("GIT_PROTOCOL", request.headers["git-protocol"]),
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  request.pipe(child.stdin);
  child.stdin.on("error", () => {});
  response.on("close", () => child.kill());

  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  await new Promise((resolve, reject) => child.on("close", resolve).on("error", reject));
  if (rest === "/git-receive-pack") await mirror.toApi();

  const whole = Buffer.concat(output);
  const split = whole.indexOf("\r\n\r\n");
  for (const line of whole.toString("latin1", 0, Math.max(split, 0)).split("\r\n")) {
    const [key = "", value = ""] = line.split(/: (.*)/s);
    if (/^status$/i.test(key)) response.statusCode = Number.parseInt(value, 10);
    else if (key) response.setHeader(key, value);
  }
  response.end(whole.subarray(split + 4));
}

const header = (name: string, value: string | string[] | undefined): Record<string, string> =>
  value === undefined ? {} : { [name]: String(value) };
