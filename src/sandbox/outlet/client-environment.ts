import type { Environment } from "../environment.ts";
import { isLiteral } from "./addresses.ts";

/**
 * What package managers and their languages heed to go by the proxy at `port` of the loopback, each by its own words.
 * `given`: what the command would have otherwise.
 */
export function clientEnvironment(
  port: number,
  hosts: readonly string[],
  given: Environment = {},
): Environment {
  const address = `http://127.0.0.1:${port}`;
  // A registry on this machine's own loopback is behind the proxy like any other.
  const isNear = hosts.some((host) => isLiteral(host.replace(/:\d+$/, "")));
  const direct = isNear ? "" : "localhost,127.0.0.1,::1";
  return {
    HTTP_PROXY: address,
    HTTPS_PROXY: address,
    NO_PROXY: direct,
    http_proxy: address,
    https_proxy: address,
    no_proxy: direct,
    // What would lead past it.
    ALL_PROXY: "",
    all_proxy: "",
    NODE_USE_ENV_PROXY: "1",
    // npm asks again where it is refused: after two seconds and four more, not after ten and sixty.
    npm_config_fetch_retry_mintimeout: "2000",
    npm_config_fetch_retry_factor: "2",
    YARN_HTTP_PROXY: address,
    YARN_HTTPS_PROXY: address,
    JAVA_TOOL_OPTIONS: [
      ...(given.JAVA_TOOL_OPTIONS ? [given.JAVA_TOOL_OPTIONS] : []),
      ...["http", "https"].flatMap((scheme) => [
        `-D${scheme}.proxyHost=127.0.0.1`,
        `-D${scheme}.proxyPort=${port}`,
      ]),
      ...(isNear ? ["-Dhttp.nonProxyHosts="] : []),
      // Maven's own client, from 3.9.
      "-Daether.connector.http.useSystemProperties=true",
    ].join(" "),
  };
}
