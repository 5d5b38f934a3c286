import { BlockList, isIP } from "node:net";
import { failed, incorrect, ok, type Result } from "#kernel";

/** Addresses and networks that may connect. */
export interface AllowList {
  allows(address: string): boolean;
}

/**
 * Reads `10.1.2.3`, `10.1.0.0/16`, `fd00:1::7`, `fd00:1::/32`; none at all allows everybody. An IPv4 address that comes
 * as `::ffff:10.1.2.3` is that IPv4 address. Problems: `allow-invalid`, one for each entry.
 */
export function allowList(entries: readonly string[]): Result<AllowList> {
  const list = new BlockList();
  const problems = entries.filter((entry) => !add(list, entry)).map(invalid);
  const [first, ...rest] = problems;
  if (first !== undefined) return failed(first, ...rest);
  if (entries.length === 0) return ok({ allows: () => true });
  return ok({
    allows(remote) {
      const address = plain(remote);
      const family = isIP(address);
      return family !== 0 && list.check(address, family === 4 ? "ipv4" : "ipv6");
    },
  });
}

function add(list: BlockList, entry: string): boolean {
  const [address = "", length, ...more] = entry.trim().split("/");
  const family = isIP(address);
  if (family === 0 || more.length > 0 || address.includes("%")) return false;
  const type = family === 4 ? "ipv4" : "ipv6";
  if (length === undefined) {
    list.addAddress(address, type);
    return true;
  }
  if (!/^\d{1,3}$/.test(length) || Number(length) > (family === 4 ? 32 : 128)) return false;
  list.addSubnet(address, Number(length), type);
  return true;
}

/** Without the zone of a link-local address, and as IPv4 where it is one. */
function plain(address: string): string {
  const withoutZone = address.replace(/%.*$/, "");
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(withoutZone)?.[1] ?? withoutZone;
}

function invalid(entry: string) {
  const text = `'${entry}' is neither an address nor a network: write 10.1.2.3, 10.1.0.0/16 or fd00:1::/32.`;
  return incorrect("allow-invalid", text, { where: "allow" });
}
