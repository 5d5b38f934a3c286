import type { WardClinician, WardPatient } from "../ward/index.ts";
import { type Fields, segment } from "./segment.ts";

/** PID as UK systems send it: hospital number and NHS number, each with its authority. */
export function aPid(patient: WardPatient, fields: Fields = {}): string {
  const { nhsNumber, hospitalNumber, family, given, prefix, birthDate, gender } = patient;
  return segment("PID", {
    1: "1",
    3: `${hospitalNumber}^^^MEADOW^MR~${nhsNumber}^^^NHS^NH`,
    5: `${family}^${given[0]}^${given.slice(1).join(" ")}^^${prefix}^^L`,
    7: birthDate.replaceAll("-", ""),
    8: gender === "female" ? "F" : "M",
    11: `${patient.street}^^${patient.city}^^${patient.postalCode}^^H`,
    13: patient.phone,
    ...fields,
  });
}

/** XCN: `C4471^Lindqvist^Ingrid^^^Dr^^^MEADOW`. */
export function anXcn({ staffNumber, family, given, prefix }: WardClinician): string {
  return `${staffNumber}^${family}^${given}^^^${prefix}^^^MEADOW`;
}
