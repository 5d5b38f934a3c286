import type { Reference } from "#standards/fhir";
import { instantIn } from "../messages/datatypes/ts.ts";
import type { MessageGroups, OrderGroup } from "../messages/groups.ts";
import { occurrences } from "../messages/occurrences.ts";
import type { Plan, PlannedRevision } from "../messages/plan.ts";
import { list } from "../messages/present.ts";
import { allergy } from "../patients/allergy.ts";
import { visit } from "../patients/encounter.ts";
import { notesOf } from "../results/note.ts";
import { observationsOf } from "../results/observations.ts";
import { observationCategory, section } from "../results/report.ts";
import type { Situation } from "../results/situation.ts";
import { onlySpecimen, specimens } from "../results/specimen.ts";
import { noTimes, timesOf } from "../results/times.ts";
import { orderStatus } from "./order-status.ts";
import { orderId, orderNumbers, serviceRequest } from "./service-request.ts";

/**
 * Orders of one patient as resources: for each ORC and OBR a ServiceRequest with its specimens and with what was told
 * about it in OBX, the visit where PV1 carries its number, and allergies.
 * Source: v2-to-FHIR ORM_O01 and OML_O21, groups in their order.
 */
export function fromOrder(groups: MessageGroups, message: Omit<Situation, "encounter">): Plan {
  const { subject, sentAt } = message;
  const encounter = visit({ pv1: groups.pv1, pv2: groups.pv2, subject });
  const situation = { ...message, encounter: encounter && { reference: `Encounter/${encounter.id}` } };
  const allergies = groups.allergies.map((al1) => allergy(al1, { subject, asOf: sentAt }));
  const occurrenceOf = occurrences();
  return [
    ...(list(encounter, ...allergies) ?? []),
    ...groups.orders.flatMap((group) => planOf(group, { situation, occurrenceOf })),
  ];
}

interface OrderContext {
  readonly situation: Situation;
  readonly occurrenceOf: (key: string) => number;
}

function planOf(group: OrderGroup, { situation, occurrenceOf }: OrderContext): Plan {
  const { orc, obr } = group;
  const numbers = orderNumbers(group);
  const test = obr?.peek(4) ?? obr?.peek(4, 2) ?? "";
  const occurrence = occurrenceOf(`${numbers.placer?.value}|${numbers.filler?.value}|${test}`);
  const id = orderId(numbers, { situation, test, occurrence });
  const times = obr === undefined ? noTimes : timesOf(obr);
  const taken = specimens({ situation, obr, spms: group.specimens, times, of: id });
  const { observations, documents } = observationsOf(group.observations, {
    situation,
    identity: ["order", id],
    status: "final",
    times,
    category: observationCategory(obr),
    specimen: onlySpecimen(taken),
    basedOn: undefined,
  });
  const told = documents.flatMap(({ planned }) => planned);
  const documentReferences = told.filter(({ resource }) => resource.resourceType === "DocumentReference");
  const resource = serviceRequest(
    {
      situation,
      group,
      status: orderStatus(orc) ?? "active",
      category: section(obr),
      note: notesOf(group.notes),
      specimen: references("Specimen", taken),
      supportingInfo: list(
        ...(references("Observation", observations) ?? []),
        ...(references("DocumentReference", documentReferences) ?? []),
      ),
    },
    numbers,
  );
  const order: PlannedRevision = {
    rule: "revise",
    id,
    where: orc?.where ?? obr?.where ?? "ORC[1]",
    resource,
    asOf: instantIn(orc?.field(9)) ?? situation.sentAt,
  };
  return [order, ...taken, ...observations, ...told];
}

function references(kind: string, planned: readonly { readonly id: string }[]): readonly Reference[] | undefined {
  return list(...planned.map(({ id }): Reference => ({ reference: `${kind}/${id}` })));
}
