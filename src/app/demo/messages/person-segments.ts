import { xcnOf } from "../hospital/clinicians.ts";
import { hospitalCode } from "../hospital/wards.ts";
import type { Person } from "../people/person.ts";
import type { Story, Visit } from "../story/story.ts";
import { hl7Day, hl7Time } from "../times.ts";
import { type Fields, plain, segment } from "./segment.ts";

/** PID as British systems send it: hospital number and NHS number, each with its authority. */
export function pidOf(person: Person, fields: Fields = {}): string {
  const { nhsNumber, hospitalNumber, family, given, middle, prefix, bornMs, sex } = person;
  return segment("PID", {
    1: "1",
    3: `${hospitalNumber}^^^${hospitalCode}^MR~${nhsNumber}^^^NHS^NH`,
    5: `${plain(family)}^${plain(given)}^${middle ?? ""}^^${prefix}^^L`,
    7: hl7Day(bornMs),
    8: sex === "female" ? "F" : "M",
    ...fields,
  });
}

/** What the patient system adds: where they live, and that they have died. */
export function fullPidOf({ person, diedMs }: Story): string {
  return pidOf(person, {
    11: `${plain(person.street)}^^${person.town}^^${person.postcode}^GBR^H`,
    13: `${person.phone}^PRN^PH`,
    ...(diedMs === undefined ? {} : { 29: hl7Time(diedMs), 30: "Y" }),
  });
}

/** PD1 with the general practitioner. */
export function practiceOf({ practitioner }: Story): string {
  return segment("PD1", { 4: xcnOf(practitioner) });
}

export function visitOf(visit: Visit, { isOver }: { readonly isOver: boolean }): string {
  const { number, place, specialty, consultant, fromMs, toMs } = visit;
  return segment("PV1", {
    1: "1",
    2: visit.is === "stay" ? "I" : "O",
    3: place,
    7: xcnOf(consultant),
    10: plain(specialty),
    19: `${number}^^^${hospitalCode}^VN`,
    44: hl7Time(fromMs),
    ...(isOver && toMs !== undefined ? { 45: hl7Time(toMs) } : {}),
  });
}

/** PV2 with the reason of the stay. */
export function reasonOf({ reason }: Visit): string {
  return segment("PV2", { 3: `^${plain(reason)}` });
}
