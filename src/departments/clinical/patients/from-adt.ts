import { instantIn, instantOf } from "../messages/datatypes/ts.ts";
import type { MessageGroups } from "../messages/groups.ts";
import type { Plan } from "../messages/plan.ts";
import { list } from "../messages/present.ts";
import { carryEvent } from "../messages/provenance.ts";
import { observationsOf } from "../results/observations.ts";
import type { Situation } from "../results/situation.ts";
import { noTimes } from "../results/times.ts";
import { allergy } from "./allergy.ts";
import { visit } from "./encounter.ts";

/**
 * The events of a person's record and stay that are mapped: what happens, what is planned, and what is taken back.
 * Source: HL7 UK A.3, chapter 3; HL7 v2.5.1 §3.3.
 */
export const adtEvents = [
  ...["A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08"],
  ...["A11", "A12", "A13", "A21", "A22", "A28", "A31", "A38"],
] as const;

/**
 * What an event says of the patient's visit, allergies and measurements; the patient is mapped before, to be found.
 * Source: v2-to-FHIR ADT_A01, segments in their order.
 */
export function fromAdt(groups: MessageGroups, message: Omit<Situation, "encounter">): Plan {
  const { subject, origin, controlId } = message;
  const asOf = eventTime(groups) ?? message.sentAt;
  const event = groups.msh?.peek(9, 2) ?? groups.evn?.peek(1) ?? "";
  carryEvent(groups);
  carryEventTime(groups);
  const stay = visit({ pv1: groups.pv1, pv2: groups.pv2, subject, event, asOf });
  const encounter = stay && { reference: `Encounter/${stay.id}` };
  const { observations, documents } = observationsOf(groups.observations, {
    situation: { ...message, encounter },
    identity: [origin.sender, subject.reference, controlId],
    status: "final",
    times: noTimes,
    category: undefined,
    specimen: undefined,
    basedOn: undefined,
  });
  const allergies = groups.allergies.map((al1) => allergy(al1, { subject, asOf }));
  const told = documents.flatMap(({ planned }) => planned);
  return [...(list(stay, ...allergies) ?? []), ...observations, ...told];
}

/** EVN-2, when the event was recorded; EVN-6, when it happened, where EVN-2 is missing. It is looked at alone. */
export function eventTime({ evn }: Pick<MessageGroups, "evn">): string | undefined {
  if (evn === undefined) return undefined;
  return instantOf(evn.peek(2) ?? "", evn.origin) ?? instantOf(evn.peek(6) ?? "", evn.origin);
}

/** The time of the event goes into what the event changes. */
export function carryEventTime({ evn }: Pick<MessageGroups, "evn">): void {
  if (instantIn(evn?.field(2)) === undefined) instantIn(evn?.field(6));
}
