import { createHmac, timingSafeEqual } from "node:crypto";
import type { Post } from "./listen.ts";

const header = "x-hub-signature-256";

const signature = (secret: string, body: string) =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

/** Signs by `secret` what is rightly signed by `old`: Probot knows one secret, and a rotation needs two for a while. */
export function signAnew(request: Post, old: string, secret: string) {
  const given = Buffer.from(String(request.headers[header] ?? ""));
  const right = Buffer.from(signature(old, request.body));
  if (given.length !== right.length || !timingSafeEqual(given, right)) return;
  request.headers[header] = signature(secret, request.body);
}
