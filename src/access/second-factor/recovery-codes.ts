import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { limits } from "#kernel";
import { base32 } from "./base32.ts";

/** What is kept of them: each code's hash until it is used. */
export interface RecoveryHashes {
  readonly salt: string;
  readonly hashes: readonly string[];
}

export interface NewRecoveryCodes {
  /** `ABCD-EFGH-IJKL-MNOP`, to be shown once. */
  readonly codes: readonly string[];
  readonly kept: RecoveryHashes;
}

/**
 * Ten codes of 80 random bits, so that a salted hash is enough. They do not need the key outside the database: they are
 * for the day when that is lost too. Source: NIST SP 800-63B §5.1.2.2.
 */
export function newRecoveryCodes(): NewRecoveryCodes {
  const salt = randomBytes(16).toString("base64url");
  const codes = Array.from({ length: limits.recoveryCodes }, () => {
    const text = base32(randomBytes(10));
    return text.match(/.{4}/g)?.join("-") ?? text;
  });
  return { codes, kept: { salt, hashes: codes.map((code) => hashOf(code, salt)) } };
}

/** The hashes without that of this code; undefined where it is none of them. */
export function withoutCode(kept: RecoveryHashes, code: string): RecoveryHashes | undefined {
  const hash = Buffer.from(hashOf(code, kept.salt));
  const left = kept.hashes.filter((each) => !timingSafeEqual(Buffer.from(each), hash));
  return left.length === kept.hashes.length ? undefined : { ...kept, hashes: left };
}

function hashOf(code: string, salt: string): string {
  const plain = code.replace(/[\s-]/g, "").toUpperCase();
  return createHash("sha256").update(`${salt}.${plain}`).digest("base64url");
}
