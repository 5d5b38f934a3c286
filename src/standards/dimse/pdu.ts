import type { UserItem } from "./user-item.ts";

/** What two nodes send each other, data apart, which come in pieces by the framer. Source: PS3.8 §9.3. */
export type Pdu =
  | ({ readonly is: "associate-rq" } & AssociateRequest)
  | ({ readonly is: "associate-ac" } & AssociateAccept)
  | { readonly is: "associate-rj"; readonly result: number; readonly source: number; readonly reason: number }
  | { readonly is: "release-rq" }
  | { readonly is: "release-rp" }
  | { readonly is: "abort"; readonly source: number; readonly reason: number };

/** Source: PS3.8 Table 9-11. */
export interface AssociateRequest extends AssociateTitles {
  readonly contexts: readonly ProposedContext[];
}

/** Source: PS3.8 Table 9-17. */
export interface AssociateAccept extends AssociateTitles {
  readonly contexts: readonly AnsweredContext[];
}

export interface AssociateTitles {
  /** A field of bits, of which the lowest is this version of the protocol. */
  readonly protocolVersion: number;
  /** Without leading and trailing spaces. */
  readonly calledAe: string;
  readonly callingAe: string;
  readonly applicationContext: string;
  readonly userItems: readonly UserItem[];
  /** Items that the standard does not know, in their order. */
  readonly others?: readonly UnknownItem[];
}

export interface UnknownItem {
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** Source: PS3.8 Table 9-13. */
export interface ProposedContext {
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntaxes: readonly string[];
}

/** Source: PS3.8 Table 9-18. */
export interface AnsweredContext {
  readonly id: number;
  readonly result: number;
  /** Of no significance unless it was accepted. */
  readonly transferSyntax: string;
}

/** Source: PS3.8 §9.3.1. */
export const pduTypes = {
  associateRq: 0x01,
  associateAc: 0x02,
  associateRj: 0x03,
  data: 0x04,
  releaseRq: 0x05,
  releaseRp: 0x06,
  abort: 0x07,
} as const;

/** Source: PS3.8 Tables 9-12 to 9-20. */
export const itemTypes = {
  applicationContext: 0x10,
  contextRq: 0x20,
  contextAc: 0x21,
  abstractSyntax: 0x30,
  transferSyntax: 0x40,
  userInformation: 0x50,
} as const;

export const dicomApplicationContext = "1.2.840.10008.3.1.1.1";

/** Bytes before what a PDU's length counts. */
export const pduHeaderBytes = 6;

/** Result of a presentation context. Source: PS3.8 Table 9-18. */
export const contextResults = {
  accepted: 0,
  userRejected: 1,
  noReason: 2,
  abstractSyntaxNotSupported: 3,
  transferSyntaxesNotSupported: 4,
} as const;

/** Source: PS3.8 Table 9-26. */
export const abortReasons = {
  notSpecified: 0,
  unrecognizedPdu: 1,
  unexpectedPdu: 2,
  unrecognizedParameter: 4,
  unexpectedParameter: 5,
  invalidParameter: 6,
} as const;

export const abortSources = { user: 0, provider: 2 } as const;
