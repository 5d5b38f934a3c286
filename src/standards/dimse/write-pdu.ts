import { bytes16, bytes32, counted, joined, latin1Bytes } from "./octets.ts";
import {
  type AnsweredContext,
  type AssociateTitles,
  itemTypes,
  type Pdu,
  type ProposedContext,
  pduHeaderBytes,
  pduTypes,
} from "./pdu.ts";
import { writeUserItem } from "./user-item.ts";

/** A PDU's bytes, header included. Source: PS3.8 §9.3. */
export function writePdu(pdu: Pdu): Uint8Array {
  switch (pdu.is) {
    case "associate-rq":
      return framed(pduTypes.associateRq, associate(pdu, pdu.contexts.map(proposedItem)));
    case "associate-ac":
      return framed(pduTypes.associateAc, associate(pdu, pdu.contexts.map(answeredItem)));
    case "associate-rj":
      return framed(pduTypes.associateRj, Uint8Array.of(0, pdu.result, pdu.source, pdu.reason));
    case "release-rq":
      return framed(pduTypes.releaseRq, new Uint8Array(4));
    case "release-rp":
      return framed(pduTypes.releaseRp, new Uint8Array(4));
    case "abort":
      return framed(pduTypes.abort, Uint8Array.of(0, 0, pdu.source, pdu.reason));
  }
}

/** What stands before a PDU with one PDV: both headers. Source: PS3.8 §9.3.5, Annex E.2. */
export function dataHeader({ contextId, isCommand, isLast, length }: DataFragment): Uint8Array {
  const header = new Uint8Array(pduHeaderBytes + pdvHeaderBytes);
  header[0] = pduTypes.data;
  header.set(bytes32(length + pdvHeaderBytes), 2);
  header.set(bytes32(length + 2), 6);
  header[10] = contextId;
  header[11] = (isCommand ? 1 : 0) | (isLast ? 2 : 0);
  return header;
}

export interface DataFragment {
  readonly contextId: number;
  readonly isCommand: boolean;
  /** Of the command set, or of the data set. */
  readonly isLast: boolean;
  /** Of the fragment alone. */
  readonly length: number;
}

/** Length, context and control header of a PDV. */
export const pdvHeaderBytes = 6;

function framed(type: number, content: Uint8Array): Uint8Array {
  return joined(Uint8Array.of(type, 0), bytes32(content.length), content);
}

function associate(titles: AssociateTitles, contexts: readonly Uint8Array[]): Uint8Array {
  return joined(
    bytes16(titles.protocolVersion),
    new Uint8Array(2),
    title(titles.calledAe),
    title(titles.callingAe),
    new Uint8Array(32),
    item(itemTypes.applicationContext, latin1Bytes(titles.applicationContext)),
    ...contexts,
    item(itemTypes.userInformation, joined(...titles.userItems.map(writeUserItem))),
    ...(titles.others ?? []).map(({ type, bytes }) => item(type, bytes)),
  );
}

/** 16 characters, filled up with spaces. */
function title(text: string): Uint8Array {
  return latin1Bytes(text.slice(0, 16).padEnd(16, " "));
}

function item(type: number, content: Uint8Array): Uint8Array {
  return joined(Uint8Array.of(type, 0), counted(content));
}

function proposedItem({ id, abstractSyntax, transferSyntaxes }: ProposedContext): Uint8Array {
  const syntaxes = transferSyntaxes.map((uid) => item(itemTypes.transferSyntax, latin1Bytes(uid)));
  const abstract = item(itemTypes.abstractSyntax, latin1Bytes(abstractSyntax));
  return item(itemTypes.contextRq, joined(Uint8Array.of(id, 0, 0, 0), abstract, ...syntaxes));
}

function answeredItem({ id, result, transferSyntax }: AnsweredContext): Uint8Array {
  const syntax = item(itemTypes.transferSyntax, latin1Bytes(transferSyntax));
  return item(itemTypes.contextAc, joined(Uint8Array.of(id, 0, result, 0), syntax));
}
