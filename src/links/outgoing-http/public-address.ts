import { BlockList, isIPv4, isIPv6 } from "node:net";

/** Networks that lead to this machine, to the hospital's own, or nowhere. Source: IANA special-purpose registries, RFC 6890. */
const special: readonly (readonly [network: string, prefix: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];
const special6: readonly (readonly [network: string, prefix: number])[] = [
  ["::", 127],
  ["64:ff9b::", 96],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
];

const blocked = new BlockList();
for (const [network, prefix] of special) blocked.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of special6) blocked.addSubnet(network, prefix, "ipv6");

/** Whether an IP address is one of the public network. An IPv4 address inside an IPv6 one counts as what it is. */
export function isPublicAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (isIPv4(mapped)) return !blocked.check(mapped, "ipv4");
  return isIPv6(mapped) && !/^::ffff:/i.test(mapped) && !blocked.check(mapped, "ipv6");
}
