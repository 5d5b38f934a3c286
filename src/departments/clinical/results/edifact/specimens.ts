import type { Annotation, Identifier, Quantity, Specimen, SpecimenCollection } from "#standards/fhir";
import { identifierType } from "../../messages/datatypes/ei.ts";
import { bareQuantity } from "../../messages/datatypes/numbers.ts";
import { deterministicId } from "../../messages/deterministic-id.ts";
import type { PlannedCompanion } from "../../messages/plan.ts";
import { list, present, presentOrNone } from "../../messages/present.ts";
import type { Situation } from "../situation.ts";
import { printed } from "../units.ts";
import type { GroupReader } from "./group-reader.ts";
import type { SegmentBook } from "./segment-book.ts";
import { conceptOf, linesIn, senderNumber, timeIn } from "./values.ts";

/** A specimen before it is known which report it goes with. */
export interface SentSpecimen {
  /** SEQ-2, by which results speak of it. */
  readonly sequence: string | undefined;
  readonly id: string;
  readonly where: string;
  readonly resource: Specimen;
  /** When it was taken. */
  readonly collectedAt: string | undefined;
}

/** One S16. `reportNumber` and the place tell apart specimens without a number. */
export function mapSpecimen(
  group: GroupReader,
  { situation, reportNumber }: { readonly situation: Situation; readonly reportNumber: string },
): SentSpecimen {
  const { origin, subject } = situation;
  const filler = numberIn(group, { qualifier: "STI", situation });
  const placer = numberIn(group, { qualifier: "RTI", situation });
  const collectedAt = timeIn(dated(group, "SCO"), "Specimen.collection.collected", origin);
  const where = group.group.segments[0]?.where ?? "S16";
  const resource = present<Specimen>({
    resourceType: "Specimen",
    identifier: list(placer, filler),
    type: typeIn(group, situation),
    subject,
    receivedTime: timeIn(dated(group, "SRI"), "Specimen.receivedTime", origin),
    collection: presentOrNone<SpecimenCollection>({ collectedDateTime: collectedAt, quantity: volumeIn(group) }),
    note: list(...group.all("FTX").map((ftx): Annotation => ({ text: linesIn(ftx, "Specimen.note") }))),
  });
  const number = filler?.value ?? placer?.value;
  const identity = number === undefined ? [reportNumber, where] : [subject.reference, number];
  const id = deterministicId("Specimen", origin.sender, ...identity);
  return { sequence: group.first("SEQ")?.peek(2), id, where, resource, collectedAt };
}

/** As part of the plan: it goes with the report that names it. */
export function companion({ id, where, resource }: SentSpecimen, reportId: string): PlannedCompanion {
  return { rule: "companion", id, where, resource, of: reportId };
}

function dated(group: GroupReader, qualifier: string): SegmentBook | undefined {
  return group.all("DTM").find((dtm) => dtm.peek(1) === qualifier);
}

interface Numbered {
  readonly qualifier: "STI" | "RTI";
  readonly situation: Situation;
}

function numberIn(group: GroupReader, { qualifier, situation }: Numbered): Identifier | undefined {
  const rff = group.first("RFF", qualifier);
  const value = rff?.peek(1, 2);
  if (rff === undefined || value === undefined) return undefined;
  rff.carry("Specimen.identifier", [1, 1], [1, 2]);
  const type = identifierType(qualifier === "STI" ? "FGN" : "PGN");
  // The requester's number is not the sender's: nothing says whose it is.
  return qualifier === "STI" ? { type, ...senderNumber(value, situation.origin) } : { type, value };
}

function typeIn(group: GroupReader, { origin }: Situation) {
  const spc = group.first("SPC");
  if (spc === undefined) return undefined;
  spc.carry("Specimen.type", [1], [2, 1], [2, 2], [2, 4]);
  return conceptOf({ code: spc.peek(2, 1), list: spc.peek(2, 2), text: spc.peek(2, 4) }, origin);
}

/** QTY: `SVO:10` and `:::mL`. */
function volumeIn(group: GroupReader): Quantity | undefined {
  const qty = group.first("QTY");
  const quantity = bareQuantity(qty?.peek(1, 2) ?? "");
  if (qty === undefined || quantity === undefined) return undefined;
  qty.carry("Specimen.collection.quantity", [1, 1], [1, 2], [2, 4]);
  const unit = qty.peek(2, 4);
  return { ...quantity, ...(unit === undefined ? {} : printed(unit)) };
}
