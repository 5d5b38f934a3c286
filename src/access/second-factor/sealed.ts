import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;

/** Length of the key outside the database that seals what is in it. */
export const sealKeyBytes = 32;

/** The key that seals, with those before it, which only open. A rotation changes it in place, for whoever holds it. */
export type SealKey = Uint8Array & { older?: readonly Uint8Array[] };

/** What is sealed for one purpose does not open for another. */
export interface Sealing {
  readonly key: SealKey;
  readonly purpose: string;
}

/** The text so that nobody can read or change it without the key. Source: NIST SP 800-38D (GCM). */
export function sealText(text: string, { key, purpose }: Sealing): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** Undefined where it was sealed by another key, for another purpose, or changed since. */
export function openText(sealed: string, { key, purpose }: Sealing): string | undefined {
  for (const each of [key, ...(key.older ?? [])]) {
    const text = openBy(each, { sealed, purpose });
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The same text under the key that seals now; undefined where it is under it already, or does not open. */
export function resealText(sealed: string, { key, purpose }: Sealing): string | undefined {
  if (openBy(key, { sealed, purpose }) !== undefined) return undefined;
  const text = openText(sealed, { key, purpose });
  return text === undefined ? undefined : sealText(text, { key, purpose });
}

function openBy(key: Uint8Array, { sealed, purpose }: { readonly sealed: string; readonly purpose: string }) {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length < ivBytes + tagBytes) return undefined;
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes));
  decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}
