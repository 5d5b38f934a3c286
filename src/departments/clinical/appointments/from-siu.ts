import type { Appointment, Identifier, Reference } from "#standards/fhir";
import { clearedBy } from "../messages/changes.ts";
import { codeableConcept, codeableConcepts } from "../messages/datatypes/cwe.ts";
import { entityIdentifier } from "../messages/datatypes/ei.ts";
import { deterministicId } from "../messages/deterministic-id.ts";
import type { MessageGroups } from "../messages/groups.ts";
import type { SegmentReader } from "../messages/message-reader.ts";
import type { Plan, PlannedRevision } from "../messages/plan.ts";
import { list, present } from "../messages/present.ts";
import { visit } from "../patients/encounter.ts";
import { noteText } from "../results/note.ts";
import type { Situation } from "../results/situation.ts";
import { appointmentStatus, isCalledOff } from "./appointment-status.ts";
import { appointmentTimes, slotPeriod } from "./appointment-times.ts";
import { participantsOf } from "./participants.ts";

/** Booked (S12), moved (S13), changed (S14), cancelled (S15), discontinued (S16), deleted (S17), did not come (S26). */
export const appointmentEvents = ["S12", "S13", "S14", "S15", "S16", "S17", "S26"] as const;

/**
 * An appointment of the patient, known by its number at who keeps the diary (SCH-2, else SCH-1). What is sent replaces, what is
 * not sent stays, and an event that was sent before the last one changes nothing. Without a number it could never be found
 * again, and rows make what they can. Source: HL7 v2.5.1 §10.4, §10.6; v2-to-FHIR SIU_S12.
 */
export function fromSiu(groups: MessageGroups, message: Omit<Situation, "encounter">): Plan {
  const { subject } = message;
  const stay = visit({ pv1: groups.pv1, pv2: groups.pv2, subject });
  const sch = groups.readers.find(({ name }) => name === "SCH");
  const booked = sch === undefined ? undefined : appointment(sch, { groups, message });
  return list(stay, booked) ?? [];
}

interface Booking {
  readonly groups: MessageGroups;
  readonly message: Omit<Situation, "encounter">;
}

const slotNames: ReadonlySet<string> = new Set(["AIS", "AIG", "AIL", "AIP"]);

function appointment(sch: SegmentReader, { groups, message }: Booking): PlannedRevision | undefined {
  const { readers, msh } = groups;
  const { subject, sentAt } = message;
  const [placer, filler] = [entityIdentifier(sch.field(1), "PLAC"), entityIdentifier(sch.field(2), "FILL")];
  const number = filler ?? placer;
  if (number === undefined) return undefined;
  const event = msh?.peek(9, 2) ?? "";
  const resources = readers.filter(({ name }) => slotNames.has(name));
  const services = resources.filter(({ name, segment }) => name === "AIS" && segment.fieldText(2) !== "D");
  const stated = appointmentStatus(event, sch.text(25) ?? services[0]?.text(10));
  const status = stated ?? "booked";
  const reason = codeableConcept(sch.field(6));
  const tq1 = readers.find(({ name }) => name === "TQ1");
  for (const each of services) slotPeriod(each);
  const resource = present<Appointment>({
    resourceType: "Appointment",
    identifier: list(placer, filler),
    status,
    cancelationReason: isCalledOff(stated) ? reason : undefined,
    serviceType: codeableConcepts(services.flatMap((each) => each.fields(3))),
    appointmentType: codeableConcept(sch.field(8)),
    reasonCode: list(codeableConcept(sch.field(7)), isCalledOff(stated) ? undefined : reason),
    ...appointmentTimes({ sch, tq1, resources }),
    comment: noteText(notesOn(readers)),
    basedOn: list(...ordersOf(sch)),
    participant: participantsOf(sch, { resources, subject, status }) as Appointment["participant"],
  });
  return {
    rule: "revise",
    id: deterministicId("Appointment", subject.reference, number.system, number.value),
    where: sch.where,
    resource,
    cleared: clearedBy(sch, clearable),
    asOf: sentAt,
    assumed: [...(stated === undefined ? ["status"] : []), ...(resources.length === 0 ? ["participant"] : [])],
  };
}

const clearable = [
  [6, "cancelationReason"],
  [7, "reasonCode"],
  [8, "appointmentType"],
  [9, "minutesDuration"],
] as const;

const noted: ReadonlySet<string> = new Set(["SCH", "TQ1", "RGS", ...slotNames]);

/** What is said of the appointment, or of one of its slots. */
function notesOn(readers: readonly SegmentReader[]): readonly SegmentReader[] {
  let behind = "";
  return readers.filter(({ name }) => {
    if (name !== "NTE") behind = name;
    return name === "NTE" && noted.has(behind);
  });
}

/** SCH-26 and SCH-27. */
function ordersOf(sch: SegmentReader): readonly Reference[] {
  const numbers: readonly (Identifier | undefined)[] = [
    ...sch.fields(26).map((field) => entityIdentifier(field, "PLAC")),
    ...sch.fields(27).map((field) => entityIdentifier(field, "FILL")),
  ];
  return numbers.flatMap((identifier) => (identifier === undefined ? [] : [{ type: "ServiceRequest", identifier }]));
}
