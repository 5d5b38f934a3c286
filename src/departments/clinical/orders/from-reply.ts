import type { Extension, Identifier, Reference, ServiceRequest, Task } from "#standards/fhir";
import { codeableConcept } from "../messages/datatypes/cwe.ts";
import { extendedIdentifier } from "../messages/datatypes/cx.ts";
import { identifierType } from "../messages/datatypes/ei.ts";
import { instantIn } from "../messages/datatypes/ts.ts";
import { deterministicId } from "../messages/deterministic-id.ts";
import type { MessageGroups, OrderGroup } from "../messages/groups.ts";
import { occurrences } from "../messages/occurrences.ts";
import type { Plan, PlannedCompanion, PlannedRevision } from "../messages/plan.ts";
import { list, present } from "../messages/present.ts";
import { notesOf } from "../results/note.ts";
import type { Situation } from "../results/situation.ts";
import { specimens } from "../results/specimen.ts";
import { noTimes, timesOf } from "../results/times.ts";
import { replyMeaning } from "./reply-meaning.ts";
import { orderId, orderNumbers } from "./service-request.ts";

/** An order of the record that a reply is about. */
export type KnownOrder = ServiceRequest & { readonly id: string };

/** The orders of the record for one group of a reply. */
export type OrdersOf = (group: OrderGroup) => readonly KnownOrder[];

/**
 * What a laboratory answers to orders: of each the status, the laboratory's number and the accession number of the
 * specimen, and a Task that says how far it is. Nothing of what was ordered changes.
 * Source: HL7 v2.5.1 §4.4.2 (ORR), §4.4.7 (ORL^O22).
 */
export function fromReply(groups: MessageGroups, situation: Omit<Situation, "encounter">, ordersOf: OrdersOf): Plan {
  return groups.orders.flatMap((group) => {
    const answered = { group, situation: { ...situation, encounter: undefined } };
    return ordersOf(group).flatMap((order) => planFor(order, answered));
  });
}

/** As if the orders were in the record under the ids that the numbers give: for looking at a reply by itself. */
export function replyAlone(groups: MessageGroups, situation: Omit<Situation, "encounter">): Plan {
  const occurrenceOf = occurrences();
  return fromReply(groups, situation, (group) => {
    const numbers = orderNumbers(group);
    const test = group.obr?.peek(4) ?? group.obr?.peek(4, 2) ?? "";
    const occurrence = occurrenceOf(`${numbers.placer?.value}|${numbers.filler?.value}|${test}`);
    const id = orderId(numbers, { situation: { ...situation, encounter: undefined }, test, occurrence });
    return [{ resourceType: "ServiceRequest", id, status: "active", intent: "order", subject: situation.subject }];
  });
}

interface Answered {
  readonly group: OrderGroup;
  readonly situation: Situation;
}

function planFor(order: KnownOrder, { group, situation }: Answered): Plan {
  const { orc, obr } = group;
  const meaning = replyMeaning(orc);
  const asOf = instantIn(orc?.field(9)) ?? situation.sentAt;
  const numbers = numbersIn(group);
  const times = obr === undefined ? noTimes : timesOf(obr);
  const taken = specimens({ situation, obr: undefined, spms: group.specimens, times, of: order.id });
  const reason = codeableConcept(orc?.field(16));
  codeableConcept(obr?.field(4));
  const resource = present<ServiceRequest>({
    resourceType: "ServiceRequest",
    extension: list(reason && statusReason(reason)),
    identifier: list(...numbers),
    status: meaning.order ?? order.status,
    intent: order.intent,
    subject: order.subject,
    specimen: order.specimen ?? specimenReferences(taken),
  });
  const where = orc?.where ?? obr?.where ?? "ORC[1]";
  const revision: PlannedRevision = { rule: "revise", id: order.id, where, resource, asOf };
  const task =
    meaning.task === undefined ? [] : [taskFor(order, { status: meaning.task, numbers, asOf, where, group })];
  return [revision, ...task, ...taken];
}

interface Fulfilment {
  readonly status: Task["status"];
  readonly numbers: readonly Identifier[];
  readonly asOf: string | undefined;
  readonly where: string;
  readonly group: OrderGroup;
}

function taskFor(order: KnownOrder, { status, numbers, asOf, where, group }: Fulfilment): PlannedRevision {
  const resource = present<Task>({
    resourceType: "Task",
    identifier: list(...numbers),
    status,
    statusReason: codeableConcept(group.orc?.field(16)),
    intent: "order",
    code: { coding: [{ system: "http://hl7.org/fhir/CodeSystem/task-code", code: "fulfill" }] },
    focus: { reference: `ServiceRequest/${order.id}` },
    for: order.subject,
    lastModified: asOf,
    note: notesOf(group.notes),
  });
  return { rule: "revise", id: deterministicId("Task", order.id, "fulfilment"), where, resource, asOf };
}

/** The laboratory's number of the order, and the accession number of each specimen (SPM-30). */
function numbersIn(group: OrderGroup): readonly Identifier[] {
  const { placer, filler } = orderNumbers(group);
  const accessions = group.specimens.flatMap((spm) => spm.fields(30)).map((field) => extendedIdentifier(field));
  const typed = accessions.flatMap((number) => number && { ...number, type: identifierType("ACSN") });
  return [placer, filler, ...typed].filter((number) => number !== undefined);
}

function statusReason(reason: Extension["valueCodeableConcept"]): Extension {
  const url = "http://hl7.org/fhir/StructureDefinition/request-statusReason";
  return { url, ...(reason === undefined ? {} : { valueCodeableConcept: reason }) };
}

function specimenReferences(taken: readonly PlannedCompanion[]): readonly Reference[] | undefined {
  return list(...taken.map(({ id }): Reference => ({ reference: `Specimen/${id}` })));
}
