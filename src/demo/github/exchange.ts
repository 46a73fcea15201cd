import type { Json } from "./types.ts";
/** One request to the REST API, its body already parsed. */
export interface ApiRequest {
  readonly method: string;
  /** Without query and without `/api/v3`. */
  readonly path: string;
  /** With its question mark, or empty. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or a Buffer for anything else. */
  readonly body: Json;
}

export type Forward = (request: ApiRequest) => Promise<ApiResponse>;

/** What GitHub does differently from emulate: answers itself, or changes what goes in or comes out. */
export type Correction = (request: ApiRequest, forward: Forward) => Promise<ApiResponse>;

/** GitHub's shape of an error. */
export function refusal(status: number, message: string, errors?: readonly unknown[]): ApiResponse {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: {
      message,
      ...(errors ? { errors } : {}),
      documentation_url: "https://docs.github.com/rest",
      status: String(status),
    },
  };
}

export const invalid = (resource: string, error: Record<string, string>): ApiResponse =>
  refusal(422, "Validation Failed", [{ resource, ...error }]);

/** One page of a list, as `per_page` and `page` ask for it, with the links to others in GitHub's form. `wrap`: what the list stands in. */
export function onePage(
  { path, query }: ApiRequest,
  list: readonly Json[],
  apiUrl: string,
  wrap: (part: readonly Json[]) => Json = (part) => part,
): ApiResponse {
  const asked = new URLSearchParams(query);
  const size = Math.min(100, Number(asked.get("per_page") ?? 30));
  const page = Number(asked.get("page") ?? 1);
  const last = Math.max(1, Math.ceil(list.length / size));
  const link = (to: number, rel: string) => {
    asked.set("page", String(to));
    return `<${apiUrl}${path}?${asked}>; rel="${rel}"`;
  };
  const links = page < last ? [link(page + 1, "next"), link(last, "last")] : [];
  return {
    status: 200,
    headers: {
      "content-type": "application/json; charset=utf-8",
      ...(links.length === 0 ? {} : { link: links.join(", ") }),
    },
    body: wrap(list.slice((page - 1) * size, page * size)),
  };
}

/** A further question on behalf of the same caller. */
export function ask(request: ApiRequest, path: string, query = ""): ApiRequest {
  return { method: "GET", path, query, headers: request.headers, body: undefined };
}

/** Speaks to emulate, and replaces its own address by the one that is served. */
export function forwardTo(emulateUrl: string, publicUrl: string): Forward {
  const { port } = new URL(emulateUrl);
  const own = new RegExp(`http://(localhost|127\\.0\\.0\\.1):${port}`, "g");
  return async ({ method, path, query, headers, body }) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}${query}`, {
      method,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        // In a process that was busy for seconds, a connection that is kept may be closed at the other end already.
        connection: "close",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: "manual",
    });
    const kept = [...response.headers].filter(([name]) => /^(content-type|x-ratelimit-|link$)/.test(name));
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = /json/.test(response.headers.get("content-type") ?? "") && bytes.length > 0;
    return {
      status: response.status,
      headers: Object.fromEntries(kept.map(([name, value]) => [name, value.replace(own, publicUrl)])),
      body: isJson ? JSON.parse(bytes.toString("utf8").replace(own, publicUrl)) : bytes,
    };
  };
}
