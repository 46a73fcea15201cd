import { BlockList, isIP, isIPv6 } from "node:net";

type Net = readonly [net: string, prefix: number];

/** What is on no network: this machine's neighbours by wire, and where clouds keep a machine's credentials. */
const never = blockList([
  ...([
    ["0.0.0.0", 8],
    ["168.63.129.16", 32],
    ["169.254.0.0", 16],
    ["192.0.0.0", 24],
    ["224.0.0.0", 3],
  ] as const),
  ...([
    ["::", 128],
    ["fd00:ec2::", 32],
    ["fd20:ce::", 32],
    ["fe80::", 10],
    ["ff00::", 8],
  ] as const),
]);
const loopback = blockList([
  ["127.0.0.0", 8],
  ["::1", 128],
]);
/** Networks of an operator's own, and forms of IPv6 in which such an address can hide. */
const inner = blockList([
  ...([
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["172.16.0.0", 12],
    ["192.168.0.0", 16],
    ["198.18.0.0", 15],
  ] as const),
  ...([
    ["::", 96],
    ["64:ff9b::", 32],
    ["2001::", 32],
    ["2002::", 16],
    ["fc00::", 7],
    ["fec0::", 10],
  ] as const),
]);

/** Where an address leads to. An IPv4 address in IPv6's clothes counts as what it is. */
export function whereTo(address: string): "never" | "loopback" | "inner" | "outside" {
  const family = isIPv6(address) ? "ipv6" : "ipv4";
  if (isIP(address) === 0 || never.check(address, family)) return "never";
  if (loopback.check(address, family)) return "loopback";
  return inner.check(address, family) ? "inner" : "outside";
}

/** Whether `name` is no name at all, or the one that every machine has for itself. */
export function isLiteral(name: string): boolean {
  return isIP(bare(name)) !== 0 || /^(.+\.)?localhost\.?$/i.test(name);
}

/** An address of IPv6 without the brackets that it has in a URL. */
export const bare = (name: string) => name.replace(/^\[(.*)\]$/, "$1");

function blockList(nets: readonly Net[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of nets) list.addSubnet(net, prefix, isIPv6(net) ? "ipv6" : "ipv4");
  return list;
}
