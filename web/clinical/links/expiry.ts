import { countOf } from "../../parts/format/numbers.ts";

const dayMs = 24 * 60 * 60_000;

/** A new certificate takes some days to get. */
const soonDays = 30;

export interface Expiry {
  readonly tone: "plain" | "warn" | "bad";
  /** Goes before the day. */
  readonly words: string;
}

/** How urgent it is that a certificate expires then. */
export function expiryOf(expiresAt: string, nowMs: number): Expiry {
  const leftMs = Date.parse(expiresAt) - nowMs;
  if (leftMs <= 0) return { tone: "bad", words: "expired" };
  const days = Math.floor(leftMs / dayMs);
  return days < soonDays
    ? { tone: "warn", words: `expires in ${countOf(days, "day")}` }
    : { tone: "plain", words: "expires" };
}
