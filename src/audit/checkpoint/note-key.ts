import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from "node:crypto";

/** Signs notes under a name, or checks who did. Source: C2SP signed-note v1.0.0, Ed25519 (algorithm 1). */
export interface NoteVerifier {
  readonly name: string;
  /** 4 bytes: SHA-256(name, newline, 1, public key), cut off. */
  readonly keyId: Uint8Array;
  check(text: string, signature: Uint8Array): boolean;
  /** As other programs take it: `name+keyid+key`. */
  readonly text: string;
}

export interface NoteSigner extends NoteVerifier {
  sign(text: string): Uint8Array;
}

const algorithm = 1;
const seedBytes = 32;
const keyBytes = 32;

/** What stands before the 32 bytes in the forms of RFC 8410. */
const privatePrefix = Buffer.from("302e020100300506032b657004220420", "hex");
const publicPrefix = Buffer.from("302a300506032b6570032100", "hex");

/** `seed`: 32 random bytes, the whole secret. Source: RFC 8032 §5.1.5. */
export function noteSigner(name: string, seed: Uint8Array): NoteSigner {
  if (seed.length !== seedBytes) throw new RangeError("a seed of Ed25519 has 32 bytes");
  const key = createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: "der", type: "pkcs8" });
  const raw = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(publicPrefix.length);
  return { ...verifierOf(name, raw), sign: (text) => sign(null, Buffer.from(text, "utf8"), key) };
}

/** A verifier from its text, or undefined where it is not one of Ed25519. Source: C2SP signed-note v1.0.0, verifier keys. */
export function noteVerifier(text: string): NoteVerifier | undefined {
  const [name = "", keyId = "", key = "", ...more] = text.trim().split("+");
  // Base64 has the sign that parts them too.
  const bytes = Buffer.from([key, ...more].join("+"), "base64");
  if (name === "" || bytes.length !== keyBytes + 1 || bytes[0] !== algorithm) return undefined;
  const verifier = verifierOf(name, bytes.subarray(1));
  return Buffer.from(verifier.keyId).toString("hex") === keyId ? verifier : undefined;
}

function verifierOf(name: string, raw: Uint8Array): NoteVerifier {
  const key: KeyObject = createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: "der", type: "spki" });
  const tagged = Buffer.concat([Uint8Array.of(algorithm), raw]);
  const keyId = hash("sha256", Buffer.concat([Buffer.from(`${name}\n`), tagged]), "buffer").subarray(0, 4);
  return {
    name,
    keyId,
    text: `${name}+${keyId.toString("hex")}+${tagged.toString("base64")}`,
    check: (text, signature) => verify(null, Buffer.from(text, "utf8"), key, signature),
  };
}
