import type { DocumentReference, Identifier, Reference } from "#standards/fhir";
import { codeableConcept } from "../messages/datatypes/cwe.ts";
import { entityIdentifier } from "../messages/datatypes/ei.ts";
import { dateTimeIn, instantIn } from "../messages/datatypes/ts.ts";
import { practitioner } from "../messages/datatypes/xcn.ts";
import { deterministicId } from "../messages/deterministic-id.ts";
import type { MessageGroups } from "../messages/groups.ts";
import type { SegmentReader } from "../messages/message-reader.ts";
import type { Plan, PlannedResult } from "../messages/plan.ts";
import { list, present, presentOrNone } from "../messages/present.ts";
import { carryEvent } from "../messages/provenance.ts";
import { visit } from "../patients/encounter.ts";
import type { Situation } from "../results/situation.ts";
import { letterContent } from "./letter-content.ts";
import { letterStatus } from "./letter-status.ts";

/** A document and its content: new (T02), its status (T04), an addendum (T06), an edit (T08), a replacement (T10), withdrawn (T11). */
export const letterEvents = ["T02", "T04", "T06", "T08", "T10", "T11"] as const;

/**
 * Letters and other documents as DocumentReferences, known by the sender's number of the document (TXA-12). An addendum
 * appends to its parent; a replacement replaces it, and the parent is superseded.
 * Source: HL7 v2.5.1 §9.6; v2-to-FHIR TXA[DocumentReference].
 */
export function fromMdm(groups: MessageGroups, message: Omit<Situation, "encounter">): Plan {
  const { subject, origin, controlId } = message;
  const encounter = visit({ pv1: groups.pv1, pv2: groups.pv2, subject });
  const situation = { ...message, encounter: encounter && { reference: `Encounter/${encounter.id}` } };
  const txa = groups.readers.find(({ name }) => name === "TXA");
  if (txa === undefined) return list(encounter) ?? [];
  carryEvent(groups);
  const event = groups.msh?.peek(9, 2) ?? "";
  const idOf = (number: string) => deterministicId("DocumentReference", origin.sender, "TXA", number);
  const number = entityIdentifier(txa.field(12));
  const parent = entityIdentifier(txa.field(13));
  const id = idOf(number?.value ?? `message ${controlId}`);
  const observations = [...groups.observations, ...groups.orders.flatMap((order) => order.observations)];
  const content = letterContent(observations, { of: id, where: txa.where, title: titleOf(txa) });
  const replaced = parent?.value === undefined || parent.value === number?.value ? undefined : parent;
  const parentId = replaced?.value === undefined ? undefined : idOf(replaced.value);
  const date = instantIn(txa.field(8)) ?? instantIn(txa.field(7)) ?? instantIn(txa.field(6));
  const letter: PlannedResult = {
    rule: "result",
    id,
    where: txa.where,
    isReportTimeStated: date !== undefined,
    resource: resourceOf(txa, {
      ...{ situation, event, number },
      parent: replaced && { reference: `DocumentReference/${parentId}`, identifier: replaced },
      date: date ?? message.sentAt,
      content: content.parts,
    }),
    ...(event === "T11" ? { isStatusOnly: true, isOnlyIfKnown: true } : {}),
  };
  const superseded = event === "T10" && parentId !== undefined ? [supersededBy(letter, parentId)] : [];
  return [...(list(encounter) ?? []), letter, ...content.binaries, ...superseded];
}

interface Letter {
  readonly situation: Situation;
  readonly event: string;
  readonly number: Identifier | undefined;
  readonly parent: Reference | undefined;
  readonly date: string | undefined;
  readonly content: DocumentReference["content"];
}

function resourceOf(
  txa: SegmentReader,
  { situation, event, number, parent, date, content }: Letter,
): DocumentReference {
  const code = event === "T06" ? "appends" : "replaces";
  const start = dateTimeIn(txa.field(4));
  return present<DocumentReference>({
    resourceType: "DocumentReference",
    masterIdentifier: number,
    ...letterStatus(txa, event),
    type: codeableConcept(txa.field(2)),
    subject: situation.subject,
    date,
    author: list(...txa.fields(9).map(practitioner), ...txa.fields(5).map(practitioner)),
    authenticator: practitioner(txa.field(22)) ?? practitioner(txa.field(10)),
    relatesTo: parent && [{ code, target: parent }],
    description: txa.text(25),
    securityLabel: list(codeableConcept(txa.field(18))),
    content,
    context: presentOrNone<NonNullable<DocumentReference["context"]>>({
      encounter: list(situation.encounter),
      period: start === undefined ? undefined : { start },
      related: list(...orderOf(txa, 14, "PLAC"), ...orderOf(txa, 15, "FILL")),
    }),
  });
}

/** TXA-25, else TXA-16, the file. */
function titleOf(txa: SegmentReader): string | undefined {
  return txa.text(25) ?? txa.text(16);
}

function orderOf(txa: SegmentReader, field: 14 | 15, type: "PLAC" | "FILL"): readonly Reference[] {
  return txa.fields(field).flatMap((each) => {
    const identifier = entityIdentifier(each, type);
    return identifier === undefined ? [] : [{ type: "ServiceRequest", identifier }];
  });
}

/** The document before, where the record has it: its content stays, and it is no longer the current one. */
function supersededBy(letter: PlannedResult, id: string): PlannedResult {
  const resource = { ...letter.resource, status: "superseded" } as DocumentReference;
  return { ...letter, id, resource, isStatusOnly: true, isOnlyIfKnown: true };
}
