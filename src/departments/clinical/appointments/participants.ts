import type { Appointment, AppointmentParticipant, CodeableConcept, Identifier, Reference } from "#standards/fhir";
import { codeableConcept } from "../messages/datatypes/cwe.ts";
import { location } from "../messages/datatypes/pl.ts";
import { practitioner } from "../messages/datatypes/xcn.ts";
import type { FieldReader, SegmentReader } from "../messages/message-reader.ts";
import { list, present } from "../messages/present.ts";
import { participation } from "./appointment-status.ts";
import { slotPeriod } from "./appointment-times.ts";

const coming: ReadonlySet<Appointment["status"]> = new Set(["booked", "arrived", "checked-in", "fulfilled", "noshow"]);

/** The patient, and whoever and whatever the slots and SCH name. Source: v2-to-FHIR AIG, AIL, AIP, SCH[Appointment]. */
export function participantsOf(
  sch: SegmentReader,
  {
    resources,
    subject,
    status,
  }: {
    readonly resources: readonly SegmentReader[];
    readonly subject: Reference;
    readonly status: Appointment["status"];
  },
): readonly AppointmentParticipant[] {
  const patient: AppointmentParticipant = { actor: subject, status: coming.has(status) ? "accepted" : "needs-action" };
  const contacts = contactFields.flatMap(([field, system, code]) => {
    const actor = practitioner(sch.field(field));
    return actor === undefined ? [] : [{ type: [{ coding: [{ system, code }] }], actor, status: "accepted" } as const];
  });
  return [patient, ...resources.flatMap(slotOf), ...contacts];
}

const contactFields = [
  [12, "http://terminology.hl7.org/CodeSystem/participant-type", "placer contact"],
  [16, "http://terminology.hl7.org/CodeSystem/participant-type", "filler contact"],
  [20, "http://terminology.hl7.org/CodeSystem/provenance-participant-type", "enterer"],
] as const;

/** Who or what each kind of slot is for, of what kind, and how far it is: fields. */
const slotFields: Readonly<Record<string, readonly [who: number, type: number, status: number]>> = {
  AIG: [3, 4, 14],
  AIL: [3, 4, 12],
  AIP: [3, 4, 12],
};

/** Slots that are taken away (D) take no part. Source: HL7 v2.5.1 table 0206. */
function slotOf(slot: SegmentReader): readonly AppointmentParticipant[] {
  const [who, type, status] = slotFields[slot.name] ?? [];
  if (who === undefined || type === undefined || status === undefined || slot.peek(2) === "D") return [];
  const told = participation(slot.text(status));
  const period = slotPeriod(slot);
  return slot.fields(who).flatMap((field) => {
    const actor = actorOf(slot.name, field);
    if (actor === undefined) return [];
    const kind: CodeableConcept | undefined = codeableConcept(slot.field(type));
    return [present<AppointmentParticipant>({ type: list(kind), actor, status: told, period })];
  });
}

function actorOf(name: string, field: FieldReader): Reference | undefined {
  if (name === "AIP") return practitioner(field);
  return name === "AIL" ? location(field) : deviceOf(codeableConcept(field));
}

/** A thing that is booked: by its number, and what it is called. */
function deviceOf(concept: CodeableConcept | undefined): Reference | undefined {
  const [coding] = concept?.coding ?? [];
  const display = concept?.text ?? coding?.display ?? coding?.code;
  if (display === undefined) return undefined;
  const { system, code } = coding ?? {};
  const identifier = code === undefined ? undefined : present<Identifier>({ system, value: code });
  return present<Reference>({ type: "Device", identifier, display });
}
