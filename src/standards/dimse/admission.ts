import type { UserIdentity } from "./node.ts";
import type { PeerCertificate } from "./service.ts";

/** Who asks for an association, before anything is agreed. */
export interface Asking {
  readonly callingAe: string;
  readonly calledAe: string;
  readonly remoteAddress: string;
  /** With TLS and client certificates. */
  readonly certificate?: PeerCertificate;
  readonly userIdentity?: UserIdentity;
}

/** What is made of it: `caller` is handed to the services with each request. */
export type Admission<Caller> =
  | { readonly is: "accepted"; readonly caller: Caller }
  | { readonly is: "rejected"; readonly reason: RejectReason };

/** Source: PS3.8 Table 9-21. `busy` is transient: the other side may try again. */
export type RejectReason = "calling-ae-unknown" | "called-ae-unknown" | "not-allowed" | "busy";
