import type { Encounter, EncounterParticipant } from "#standards/fhir";
import type { OpenEncounter } from "../api.ts";
import { present } from "../messages/present.ts";
import { codedText, codingText, type NameOf, named } from "./coded-text.ts";

/** Source: HL7 v3 value set ActEncounterCode. */
const classes: Readonly<Record<string, string>> = {
  AMB: "Outpatient",
  EMER: "Emergency",
  FLD: "In the field",
  HH: "Home visit",
  IMP: "Inpatient",
  ACUTE: "Inpatient",
  NONAC: "Inpatient",
  OBSENC: "Observation",
  PRENC: "Pre-admission",
  SS: "Day case",
  VR: "Virtual",
};

/** Statuses of an encounter that goes on now. Source: FHIR R4 value set encounter-status. */
export const openStatuses = ["in-progress", "arrived", "triaged", "onleave"] as const;

const inpatientClasses: ReadonlySet<string | undefined> = new Set(["IMP", "ACUTE", "NONAC", "SS", "OBSENC"]);

export function encounterKind(encounter: Encounter): string {
  return classes[encounter.class.code ?? ""] ?? codingText(encounter.class) ?? "Encounter";
}

/** Where the patient is, or last was, in words: ward, bay and bed as they were sent. */
export function encounterLocation(encounter: Encounter, nameOf: NameOf): string | undefined {
  const locations = encounter.location ?? [];
  const current =
    locations.findLast((each) => each.status === "active") ??
    locations.findLast((each) => each.period?.end === undefined) ??
    locations.at(-1);
  return named(current?.location, nameOf)?.text;
}

/** Of the encounters that are open, the stay before the visit, and the newest of each. Undefined where none is open. */
export function currentEncounter(encounters: readonly Encounter[]): Encounter | undefined {
  const open = encounters.filter((each) => (openStatuses as readonly string[]).includes(each.status));
  const newestFirst = open.toSorted((a, b) => (b.period?.start ?? "").localeCompare(a.period?.start ?? ""));
  return newestFirst.find((each) => inpatientClasses.has(each.class.code)) ?? newestFirst[0];
}

export function openEncounter(encounter: Encounter, nameOf: NameOf): OpenEncounter {
  return present<OpenEncounter>({
    id: encounter.id ?? "",
    kind: encounterKind(encounter),
    location: encounterLocation(encounter, nameOf),
    consultant: consultantOf(encounter, nameOf),
    service: codedText(encounter.serviceType)?.text,
    since: encounter.period?.start,
  });
}

/** The attender, or else the admitter, whose part has not ended. Source: HL7 v3 value set ParticipationType. */
function consultantOf(encounter: Encounter, nameOf: NameOf): string | undefined {
  const present = (encounter.participant ?? []).filter((each) => each.period?.end === undefined);
  const found = present.find((each) => hasRole(each, "ATND")) ?? present.find((each) => hasRole(each, "ADM"));
  return named(found?.individual, nameOf)?.text;
}

function hasRole(participant: EncounterParticipant, role: string): boolean {
  return participant.type?.some((type) => type.coding?.some((coding) => coding.code === role)) ?? false;
}
