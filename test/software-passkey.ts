/** An authenticator in software that asks its owner for a PIN, written apart from Corridor's own code. Source: WebAuthn Level 2 §6.1, §6.5. */
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

interface Asked {
  readonly challenge: string;
  readonly origin: string;
}

const sha256 = (text: string | Uint8Array) => createHash("sha256").update(text).digest();
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
const cborBytes = (bytes: Uint8Array) => Buffer.concat([Buffer.from([0x58, bytes.length]), bytes]);
const cborText = (text: string) => Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);

/** Present, verified, and for a registration with the new credential. */
const flags = { assertion: 0x05, registration: 0x45 } as const;

/** Its id is a new one unless it is given: so that one can claim to be another's. */
export function softwarePasskey(id = base64url(randomBytes(16))) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const coordinates = [x, y].map((value) => cborBytes(Buffer.from(value, "base64url")));
  // {1: 2, 3: -7, -1: 1, -2: x, -3: y}
  const [cborX = Buffer.alloc(0), cborY = Buffer.alloc(0)] = coordinates;
  const key = Buffer.concat([Buffer.from("a5010203262001", "hex"), Buffer.of(0x21), cborX, Buffer.of(0x22), cborY]);
  let count = 0;

  const signed = (type: "create" | "get", { challenge, origin }: Asked) => {
    count += 1;
    const client = Buffer.from(JSON.stringify({ type: `webauthn.${type}`, challenge, origin, crossOrigin: false }));
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(count);
    const flag = type === "create" ? flags.registration : flags.assertion;
    const head = Buffer.concat([sha256(new URL(origin).hostname), Buffer.of(flag), counter]);
    return { client, head };
  };

  return {
    id,
    /** As a browser answers `navigator.credentials.create`. */
    made(asked: Asked) {
      const { client, head } = signed("create", asked);
      const raw = Buffer.from(id, "base64url");
      const data = Buffer.concat([head, Buffer.alloc(16), Buffer.of(0, raw.length), raw, key]);
      const long = Buffer.concat([Buffer.of(0x59, data.length >> 8, data.length & 255), data]);
      const attestation = Buffer.concat([
        ...[Buffer.of(0xa3), cborText("fmt"), cborText("none"), cborText("attStmt"), Buffer.of(0xa0)],
        ...[cborText("authData"), long],
      ]);
      const response = { clientDataJSON: base64url(client), attestationObject: base64url(attestation) };
      return { id, rawId: id, type: "public-key", clientExtensionResults: {}, response };
    },
    /** As a browser answers `navigator.credentials.get`; the handle is what the owner was called when it was made. */
    signed(asked: Asked, handle: string) {
      const { client, head } = signed("get", asked);
      const signature = sign("sha256", Buffer.concat([head, sha256(client)]), privateKey);
      const response = {
        clientDataJSON: base64url(client),
        authenticatorData: base64url(head),
        signature: base64url(signature),
        userHandle: base64url(Buffer.from(handle)),
      };
      return { id, rawId: id, type: "public-key", clientExtensionResults: {}, response };
    },
  };
}
