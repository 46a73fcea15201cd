import { readFileSync } from "node:fs";

/** Variables whose values are secrets, whatever is done with them. */
const always = [
  "ANTHROPIC_API_KEY",
  "ANTHROPIC_AUTH_TOKEN",
  "GITHUB_TOKEN",
  "GH_TOKEN",
  "PRIVATE_KEY",
  "WEBHOOK_SECRET",
  "WEBHOOK_SECRET_OLD",
  "DATABASE_URL",
  "ACTIONS_RUNTIME_TOKEN",
  "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
];

/** Variables that hold headers, as `name=value,name=value`. */
const headers = ["OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS"];

/**
 * What of an environment no text may show: keys and tokens, the App's key also where it lies in a file, and what
 * installing dependencies is given, since a package can print it.
 */
export function knownSecrets(env: NodeJS.ProcessEnv, setupEnv: Readonly<Record<string, string>>): string[] {
  const values = [...always.map((name) => env[name] ?? ""), ...Object.values(setupEnv)];
  const sent = headers.flatMap((name) => headerValues(env[name] ?? ""));
  return [...values.flatMap(secretParts), ...sent, keyFile(env.PRIVATE_KEY_PATH)].filter(
    (value) => value !== "",
  );
}

/** Of an address only who enters by it is secret: the rest stands in lockfiles and in people's own code. */
function secretParts(value: string): string[] {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value) || !URL.canParse(value)) return [value];
  const { username, password } = new URL(value);
  return [username, password, decoded(username), decoded(password)];
}

/** As they are given and as they are sent; of `Bearer TOKEN` the token alone too. */
function headerValues(text: string): string[] {
  const values = text.split(",").map((pair) => pair.slice(pair.indexOf("=") + 1).trim());
  return values.flatMap((value) => [value, decoded(value), decoded(value).replace(/^\w+ +/, "")]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a percent sign of its own
  }
}

function keyFile(path: string | undefined): string {
  try {
    return path ? readFileSync(path, "utf8") : "";
  } catch {
    return ""; // the App's start says that it cannot be read
  }
}
