import { failed, incorrect, limits, ok, type Problem, type Result } from "#kernel";
import { Octets } from "./octets.ts";
import {
  type AnsweredContext,
  type AssociateTitles,
  itemTypes,
  type Pdu,
  type ProposedContext,
  pduHeaderBytes,
  pduTypes,
  type UnknownItem,
} from "./pdu.ts";
import { readUserItem, type UserItem, uidText } from "./user-item.ts";

/**
 * A whole PDU of any type but P-DATA-TF, header included. Problems: `dimse-pdu-unrecognised`, `dimse-pdu-invalid`; `where` names
 * the PDU, the item and the byte. Source: PS3.8 §9.3.
 */
export function readPdu(bytes: Uint8Array): Result<Pdu> {
  const octets = new Octets(bytes);
  const type = octets.byte();
  octets.skip(1);
  const length = octets.number32();
  if (length > octets.left) return failed(invalid("PDU", "it is shorter than it says", octets.at));
  const content = new Octets(bytes.subarray(0, pduHeaderBytes + length), octets.at);
  switch (type) {
    case pduTypes.associateRq:
      return readRequest(content);
    case pduTypes.associateAc:
      return readAccept(content);
    case pduTypes.associateRj:
      return readThree(content, (result, source, reason) => ({ is: "associate-rj", result, source, reason }));
    case pduTypes.releaseRq:
      return ok({ is: "release-rq" });
    case pduTypes.releaseRp:
      return ok({ is: "release-rp" });
    case pduTypes.abort:
      return readThree(content, (_reserved, source, reason) => ({ is: "abort", source, reason }));
    default:
      return failed(incorrect("dimse-pdu-unrecognised", `There is no PDU of type ${hex(type)}.`, { where: "byte 0" }));
  }
}

function readThree(octets: Octets, made: (...values: [number, number, number]) => Pdu): Result<Pdu> {
  octets.skip(1);
  const values: [number, number, number] = [octets.byte(), octets.byte(), octets.byte()];
  return octets.isShort ? failed(invalid("PDU", "it ends too early", octets.at)) : ok(made(...values));
}

interface Items {
  readonly titles: AssociateTitles;
  readonly contexts: readonly { readonly type: number; readonly content: Octets }[];
}

function readRequest(octets: Octets): Result<Pdu> {
  const read = readAssociate(octets, { pdu: "A-ASSOCIATE-RQ", context: itemTypes.contextRq });
  if (!read.ok) return read;
  const contexts = read.value.contexts.map(({ content }) => readProposed(content));
  return ok({ is: "associate-rq", ...read.value.titles, contexts });
}

function readAccept(octets: Octets): Result<Pdu> {
  const read = readAssociate(octets, { pdu: "A-ASSOCIATE-AC", context: itemTypes.contextAc });
  if (!read.ok) return read;
  const contexts = read.value.contexts.map(({ content }) => readAnswered(content));
  return ok({ is: "associate-ac", ...read.value.titles, contexts });
}

interface Kind {
  readonly pdu: string;
  /** The type of its presentation contexts. */
  readonly context: number;
}

function readAssociate(octets: Octets, { pdu, context }: Kind): Result<Items> {
  const protocolVersion = octets.number16();
  octets.skip(2);
  const calledAe = octets.text(16).trim();
  const callingAe = octets.text(16).trim();
  octets.skip(32);
  if (octets.isShort || octets.at > octets.bytes.length) return failed(invalid(pdu, "it ends too early", octets.at));
  const items = readItems(octets, pdu);
  if (!items.ok) return items;
  const user = readUserItems(items.value, pdu);
  if (!user.ok) return user;
  const application = items.value.find(({ type }) => type === itemTypes.applicationContext);
  const contexts = items.value.filter(({ type }) => type === context);
  if (contexts.length > limits.dimseContextsMax)
    return failed(invalid(pdu, "it has too many presentation contexts", octets.at));
  const applicationContext = application === undefined ? "" : uidText(application.content.bytes);
  const others = items.value.filter(({ type }) => !isKnown(type, context)).map(unknown);
  const titles = { protocolVersion, calledAe, callingAe, applicationContext, userItems: user.value };
  return ok({ titles: others.length === 0 ? titles : { ...titles, others }, contexts });
}

function isKnown(type: number, context: number): boolean {
  return type === itemTypes.applicationContext || type === itemTypes.userInformation || type === context;
}

function unknown({ type, content }: ReadItem): UnknownItem {
  return { type, bytes: content.bytes };
}

interface ReadItem {
  readonly type: number;
  /** The byte behind the type. */
  readonly reserved: number;
  /** Its own bytes alone. */
  readonly content: Octets;
}

/** Items one behind the other up to the end. */
function readItems(octets: Octets, pdu: string): Result<readonly ReadItem[]> {
  const items: ReadItem[] = [];
  while (octets.left > 0) {
    const at = octets.at;
    const type = octets.byte();
    const reserved = octets.byte();
    const bytes = octets.counted();
    if (octets.isShort) return failed(invalid(pdu, `its item ${hex(type)} is longer than the rest`, at));
    items.push({ type, reserved, content: new Octets(bytes) });
    if (items.length > limits.dimseUserItemsMax) return failed(invalid(pdu, "it has too many items", at));
  }
  return ok(items);
}

function readUserItems(items: readonly ReadItem[], pdu: string): Result<readonly UserItem[]> {
  const found: UserItem[] = [];
  for (const item of items) {
    if (item.type !== itemTypes.userInformation) continue;
    const parts = readItems(item.content, pdu);
    if (!parts.ok) return parts;
    for (const { type, reserved, content } of parts.value) {
      const read = readUserItem(type, reserved, content.bytes);
      if (read === undefined) return failed(invalid(pdu, `its item ${hex(type)} ends too early`, item.content.at));
      found.push(read);
    }
  }
  return ok(found);
}

/** A context whose items are damaged proposes nothing, and is answered as such. */
function readProposed(octets: Octets): ProposedContext {
  const id = octets.byte();
  octets.skip(3);
  const items = readItems(octets, "A-ASSOCIATE-RQ");
  const of = (wanted: number) =>
    (items.ok ? items.value : []).filter(({ type }) => type === wanted).map(({ content }) => uidText(content.bytes));
  return {
    id,
    abstractSyntax: of(itemTypes.abstractSyntax)[0] ?? "",
    transferSyntaxes: of(itemTypes.transferSyntax),
  };
}

function readAnswered(octets: Octets): AnsweredContext {
  const id = octets.byte();
  octets.skip(1);
  const result = octets.byte();
  octets.skip(1);
  const items = readItems(octets, "A-ASSOCIATE-AC");
  const syntax = items.ok ? items.value.find(({ type }) => type === itemTypes.transferSyntax) : undefined;
  return { id, result, transferSyntax: syntax === undefined ? "" : uidText(syntax.content.bytes) };
}

function invalid(pdu: string, what: string, at: number): Problem {
  return incorrect("dimse-pdu-invalid", `The ${pdu} is invalid: ${what}.`, { where: `${pdu}, byte ${at}` });
}

function hex(type: number): string {
  return `${type.toString(16).toUpperCase().padStart(2, "0")}H`;
}
