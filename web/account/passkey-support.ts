import { browserSupportsWebAuthn } from "@simplewebauthn/browser";

/** Why this browser has no passkeys at this address, in words; undefined where it has. Source: WebAuthn Level 3 §5.1.3. */
export function passkeyHindrance(): string | undefined {
  const { hostname, port } = window.location;
  if (/^[\d.]+$|:/.test(hostname)) {
    const named = hostname === "127.0.0.1" ? `, here http://localhost${port === "" ? "" : `:${port}`}` : "";
    return `Passkeys belong to a name, and this address is a number. Open Corridor by its name${named}.`;
  }
  return browserSupportsWebAuthn() ? undefined : "This browser has no passkeys, or the address is not https.";
}

/** What somebody is told when the browser or the person did not go on. */
export function passkeyTrouble(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== "NotAllowedError") return error;
  return new Error("Nothing was chosen, or it took too long.");
}
