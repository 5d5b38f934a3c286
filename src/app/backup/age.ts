import type { ReadableStream } from "node:stream/web";
import { Decrypter, Encrypter } from "age-encryption";
import { failed, incorrect, ok, type Result } from "#kernel";

/** Whom a backup is encrypted for: keys (`age1…`), or one passphrase. Source: C2SP age-encryption.org/v1. */
export type Lock =
  | { readonly by: "recipients"; readonly recipients: readonly string[] }
  | {
      readonly by: "passphrase";
      readonly passphrase: string;
      /** Base-2 logarithm of what a guess costs (scrypt's N); left out, 18: about a second and 256 MiB. */
      readonly workFactor?: number;
    };

/** What opens one: identities (`AGE-SECRET-KEY-1…`), or the passphrase. */
export type Key =
  | { readonly by: "identities"; readonly identities: readonly string[] }
  | { readonly by: "passphrase"; readonly passphrase: string };

/** How an encrypted file begins. */
export const ageHeader = "age-encryption.org/v1\n";

type Bytes = ReadableStream<Uint8Array>;

/** Bytes as they come, encrypted as they go: a piece of 64 KiB at a time. Problems: `recipient-incorrect`. */
export async function encrypting(plain: Bytes, lock: Lock): Promise<Result<Bytes>> {
  const encrypter = new Encrypter();
  try {
    if (lock.by === "passphrase") {
      encrypter.setPassphrase(lock.passphrase);
      encrypter.setScryptWorkFactor(lock.workFactor ?? 18);
    } else for (const recipient of lock.recipients) encrypter.addRecipient(recipient);
  } catch {
    return failed(incorrect("recipient-incorrect", "A key to encrypt to begins with age1, as age-keygen prints it."));
  }
  return ok((await encrypter.encrypt(plain as globalThis.ReadableStream<Uint8Array>)) as Bytes);
}

/**
 * The bytes inside. Nothing of a piece comes out before it was found unchanged; one that was changed fails the stream.
 * Problems: `identity-incorrect`; `key-does-not-fit`.
 */
export async function decrypting(sealed: Bytes, key: Key): Promise<Result<Bytes>> {
  const decrypter = new Decrypter();
  try {
    if (key.by === "passphrase") decrypter.addPassphrase(key.passphrase);
    else for (const identity of key.identities) decrypter.addIdentity(identity);
  } catch {
    const text = "An identity file has lines that begin with AGE-SECRET-KEY-1, as age-keygen writes them.";
    return failed(incorrect("identity-incorrect", text));
  }
  try {
    return ok((await decrypter.decrypt(sealed as globalThis.ReadableStream<Uint8Array>)) as Bytes);
  } catch (cause) {
    const text = "The backup is encrypted, and this key or passphrase does not open it.";
    return failed(incorrect("key-does-not-fit", text, { cause }));
  }
}
