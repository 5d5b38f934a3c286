import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Addresses that machines hand out secrets at to whoever asks from inside. Source: RFC 3927, RFC 4291 §2.5.6. */
const closed = new BlockList();
closed.addSubnet("169.254.0.0", 16, "ipv4");
closed.addSubnet("fe80::", 10, "ipv6");
closed.addAddress("fd00:ec2::254", "ipv6");

/** Whether an address is of the machine's own segment, where nothing of a hospital ever is. */
export function isLinkLocal(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, "");
  const family = isIP(plain);
  return family !== 0 && closed.check(plain, family === 4 ? "ipv4" : "ipv6");
}

/** Looks a name up as ever, and fails where it leads to a link-local address: a name may be anybody's. */
export const lookUpOutside: LookupFunction = (hostname, options: LookupOptions, done) => {
  lookup(hostname, options, (error, found: string | LookupAddress[], family) => {
    const addresses = typeof found === "string" ? [found] : (found ?? []).map(({ address }) => address);
    if (error === null && addresses.some(isLinkLocal)) return done(new LinkLocalError(), "", 0);
    done(error, found as string, family);
  });
};

class LinkLocalError extends Error {
  readonly code = "ELINKLOCAL";
  constructor() {
    super("The name leads to a link-local address.");
  }
}
