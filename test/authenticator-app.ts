/** An authenticator app, written apart from Corridor's own code. Source: RFC 4648 §6, RFC 6238. */
import { createHmac } from "node:crypto";
import type { Instant } from "#kernel";

/** The six digits that it shows at a time for a secret in base 32, spaces allowed. */
export function shownCode(secret: string, now: Instant): string {
  const letters = [...secret.replaceAll(" ", "")];
  const bits = letters.map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"));
  const key = Buffer.from(
    bits
      .join("")
      .match(/.{8}/g)
      ?.map((byte) => Number.parseInt(byte, 2)) ?? [],
  );
  const counter = Buffer.from(
    Math.floor(now / 30_000)
      .toString(16)
      .padStart(16, "0"),
    "hex",
  );
  const hash = createHmac("sha1", key).update(counter).digest("hex");
  const at = 2 * Number.parseInt(hash.slice(-1), 16);
  const number = Number.parseInt(hash.slice(at, at + 8), 16) % 2 ** 31;
  return String(number).slice(-6).padStart(6, "0");
}
