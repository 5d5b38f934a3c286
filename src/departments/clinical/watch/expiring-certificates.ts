import { instant, limits, toIso } from "#kernel";
import type { CertificateView } from "../api/links.ts";
import type { Finding } from "./link-alert.ts";

/** What an alert on the certificate of the web door stands under, in the place of a link. */
export const webDoor = "web door";

/** Certificates that expire within `limits.certificateSoonMs`, or have: one finding each, since they are to be renewed. */
export function expiringFindings(certificates: readonly CertificateView[], nowMs: number): readonly Finding[] {
  return certificates.flatMap(({ of, name, use, expiresAt }): readonly Finding[] => {
    if (expiresAt === undefined) return [];
    const dueMs = Date.parse(expiresAt) - limits.certificateSoonMs;
    if (nowMs < dueMs) return [];
    const subject = [...(of === "destination" ? [name] : []), ...(use === "authority" ? ["authority"] : [])].join(", ");
    return [
      {
        link: of === "door" ? webDoor : name,
        rule: "certificate-expiring",
        ...(subject === "" ? {} : { subject }),
        since: toIso(instant(dueMs)),
        text: `${use === "own" ? "The certificate" : "The certificate of the authority"} is good until ${expiresAt.slice(0, 10)}; put a renewed one in its place.`,
        count: 1,
        examples: [],
      },
    ];
  });
}
