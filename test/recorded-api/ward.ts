import type { PatientBanner, PatientRow } from "#departments/clinical/api";

const female = { text: "Female", code: "female" } as const;
const male = { text: "Male", code: "male" } as const;

/** Invented people with NHS numbers of the range kept for tests. */
export const osei: PatientRow = {
  id: "osei",
  name: "OSEI, Adaeze (Mrs)",
  born: { date: "1961-03-12", text: "12-Mar-1961", age: "65y" },
  gender: female,
  nhsNumber: { digits: "9990001234", text: "999 000 1234", verification: "Number present and verified", valid: true },
  hospitalNumber: "H0012345",
  ward: "Ward 7, Bed 3",
  active: true,
};

export const whitlock: PatientRow = {
  id: "whitlock",
  name: "WHITLOCK, Arthur (Mr)",
  born: { date: "1938-11-02", text: "02-Nov-1938", age: "87y" },
  gender: male,
  nhsNumber: { digits: "9990004321", text: "999 000 4321", valid: true },
  hospitalNumber: "H0054321",
  deceased: { text: "03-Jan-2026", date: "2026-01-03" },
  active: true,
};

export const oseiKwame: PatientRow = {
  id: "osei-kwame",
  name: "OSEI, Kwame (Master)",
  born: { date: "2018-01-20", text: "20-Jan-2018", age: "8y 10m" },
  gender: male,
  nhsNumber: { digits: "9990007777", text: "999 000 7777", valid: false },
  hospitalNumber: "H0077001",
  isOutOfReach: true,
  active: true,
};

export const unknownBaby: PatientRow = {
  id: "baby",
  name: "ADEYEMI, Baby",
  born: { date: "2026-11-20", text: "20-Nov-2026", age: "3d" },
  gender: { text: "Not known" },
  ward: "Neonatal unit",
  active: true,
};

export const patients: readonly PatientRow[] = [osei, oseiKwame, whitlock, unknownBaby];

const oseiBanner: PatientBanner = {
  ...osei,
  preferredName: "Ada",
  otherNames: ["OKAFOR, Adaeze (Miss)"],
  identifiers: [
    { label: "Hospital number", value: "H0012345" },
    { label: "Radiology number", value: "R-88123" },
  ],
  address: "14 Larch Grove, Westhaven, WH2 6QT",
  phones: [
    { label: "Home", value: "01632 960 144" },
    { label: "Mobile", value: "07700 900 512" },
  ],
  allergies: {
    state: "listed",
    text: "Benzylpenicillin (anaphylaxis); Latex",
    list: [
      {
        id: "al1",
        substance: "Benzylpenicillin",
        reactions: ["anaphylaxis"],
        criticality: "high",
        status: "Active",
      },
      { id: "al2", substance: "Latex", reactions: ["contact dermatitis"], status: "Unconfirmed" },
    ],
  },
  encounter: {
    id: "e1",
    kind: "Inpatient",
    location: "Ward 7, Bed 3",
    consultant: "Dr Ingrid Lindqvist",
    service: "Nephrology",
    since: "2026-11-19T16:20:00+00:00",
  },
  generalPractice: { text: "Larch Grove Surgery" },
  version: 4,
  position: 1000,
};

/** The banner of a patient; only Mrs Osei has more than a name and numbers. */
export function bannerOf(id: string): PatientBanner | undefined {
  if (id === osei.id) return oseiBanner;
  const row = patients.find((patient) => patient.id === id);
  if (row === undefined) return undefined;
  const allergies =
    id === whitlock.id
      ? ({ state: "none-known", text: "No known allergies" } as const)
      : ({ state: "unrecorded", text: "No allergies recorded" } as const);
  return { ...row, otherNames: [], identifiers: [], phones: [], allergies, version: 1, position: 1000 };
}
