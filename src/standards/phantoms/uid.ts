import { seedFrom } from "./chance.ts";

/** A UID that follows from these parts alone, made from a UUID of version 8. Source: PS3.5 §B.2, RFC 9562 §5.8. */
export function uidFrom(...parts: readonly (string | number)[]): string {
  const [a, b, c, d] = [1, 2, 3, 4].map((part) => seedFrom(part, ...parts)) as [number, number, number, number];
  const high = (BigInt(a) << 32n) | BigInt(((b & 0xffff0fff) | 0x8000) >>> 0);
  const low = (BigInt(((c & 0x3fffffff) | 0x80000000) >>> 0) << 32n) | BigInt(d);
  return `2.25.${((high << 64n) | low).toString()}`;
}
