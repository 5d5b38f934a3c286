import type { Specialty } from "../illness/illnesses.ts";

/** Authority of hospital numbers, staff numbers and places. */
export const hospitalCode = "CGH";
export const hospitalName = "Corridor General Hospital";

export interface Ward {
  readonly name: string;
  readonly about: string;
  readonly specialty: Specialty;
  readonly beds: number;
}

export const wards: readonly Ward[] = [
  { name: "Ward 1", about: "Acute medical unit", specialty: "Acute medicine", beds: 24 },
  { name: "Ward 2", about: "Respiratory", specialty: "Respiratory medicine", beds: 24 },
  { name: "Ward 3", about: "Gastroenterology", specialty: "Gastroenterology", beds: 20 },
  { name: "Ward 4", about: "Older people's care", specialty: "Older people's care", beds: 28 },
  { name: "Ward 5", about: "Orthopaedics and trauma", specialty: "Orthopaedics", beds: 24 },
  { name: "Ward 6", about: "General surgery", specialty: "General surgery", beds: 24 },
  { name: "Ward 7", about: "Cardiology", specialty: "Cardiology", beds: 20 },
  { name: "Ward 8", about: "Renal medicine", specialty: "Renal medicine", beds: 16 },
  { name: "Ward 9", about: "Diabetes and endocrinology", specialty: "Endocrinology", beds: 16 },
  { name: "Ward 10", about: "Haematology", specialty: "Haematology", beds: 12 },
  { name: "Critical Care", about: "Intensive and high dependency care", specialty: "Intensive care", beds: 12 },
  { name: "Larkfield", about: "Children's ward", specialty: "Paediatrics", beds: 16 },
];

export function wardFor(specialty: Specialty): Ward {
  const ward = wards.find((each) => each.specialty === specialty);
  if (ward === undefined) throw new Error(`no ward has the specialty ${specialty}`);
  return ward;
}

const bedsOfBay = 4;

/** PL: `Ward 7^Bay 2^Bed 3^CGH`; beds are counted from 0. */
export function placeOf({ name, beds }: Ward, bed: number): string {
  const place = bed % beds;
  return `${name}^Bay ${Math.floor(place / bedsOfBay) + 1}^Bed ${(place % bedsOfBay) + 1}^${hospitalCode}`;
}

/** PL of a clinic. */
export function clinicOf(specialty: Specialty): string {
  return `${specialty} clinic^^^${hospitalCode}`;
}
