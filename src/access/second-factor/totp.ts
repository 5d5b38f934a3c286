import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { type Instant, limits } from "#kernel";
import { base32, fromBase32 } from "./base32.ts";

/** 160 random bits in base 32: as long as the hash. Source: RFC 4226 §4 R6. */
export function newTotpSecret(): string {
  return base32(randomBytes(20));
}

/** The number of steps of 30 seconds since 1970. Source: RFC 6238 §4.2. */
export function totpStep(now: Instant): number {
  return Math.floor(now / limits.totpStepMs);
}

/** Six digits, by HMAC-SHA-1, as every authenticator app has it. Source: RFC 4226 §5.3. */
export function totpCode(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", secret).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

export interface TotpTry {
  /** In base 32. */
  readonly secret: string;
  readonly code: string;
  readonly now: Instant;
}

/** The latest step whose code this is, at most `limits.totpDriftSteps` from now; undefined where it is none. */
export function matchingStep({ secret, code, now }: TotpTry): number | undefined {
  const bytes = fromBase32(secret);
  const typed = Buffer.from(code.replace(/\s/g, ""));
  if (bytes === undefined || typed.length !== 6) return undefined;
  const current = totpStep(now);
  const drift = limits.totpDriftSteps;
  for (let step = current + drift; step >= current - drift; step -= 1) {
    if (timingSafeEqual(Buffer.from(totpCode(bytes, step)), typed)) return step;
  }
  return undefined;
}

/** What the picture for the app holds. Source: Google Authenticator, Key URI Format. */
export function totpUri({ secret, username }: { readonly secret: string; readonly username: string }): string {
  const label = `Corridor:${encodeURIComponent(username)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=Corridor&algorithm=SHA1&digits=6&period=30`;
}
