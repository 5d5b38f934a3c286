/** Patients who do not exist. Their NHS numbers are in the range kept for tests (999…), check digits right. */
export interface WardPatient {
  readonly nhsNumber: string;
  /** Given by Meadowbank General Hospital, authority `MEADOW`. */
  readonly hospitalNumber: string;
  readonly prefix: string;
  readonly given: readonly [string, ...string[]];
  readonly family: string;
  readonly gender: "female" | "male";
  /** `1957-03-14`. */
  readonly birthDate: string;
  readonly street: string;
  readonly city: string;
  readonly postalCode: string;
  readonly phone: string;
}

/** Heart failure, on ward 7; most tests are about her. */
export const mrsOsei: WardPatient = {
  nhsNumber: "9990000018",
  hospitalNumber: "H1042318",
  prefix: "Mrs",
  given: ["Adaeze", "Grace"],
  family: "Osei",
  gender: "female",
  birthDate: "1957-03-14",
  street: "12 Tannery Lane",
  city: "Meadowbank",
  postalCode: "ZZ99 3AA",
  phone: "01632 960101",
};

/** An apostrophe and an outpatient clinic. */
export const mrONeill: WardPatient = {
  nhsNumber: "9990123454",
  hospitalNumber: "H2200417",
  prefix: "Mr",
  given: ["Cormac"],
  family: "O'Neill",
  gender: "male",
  birthDate: "1984-11-02",
  street: "3 Chapel Row",
  city: "Meadowbank",
  postalCode: "ZZ99 3AB",
  phone: "01632 960102",
};

/** Letters beyond ASCII, for character sets. */
export const msMuellerBrandt: WardPatient = {
  nhsNumber: "9991072047",
  hospitalNumber: "H3310928",
  prefix: "Ms",
  given: ["Zoë"],
  family: "Müller-Brandt",
  gender: "female",
  birthDate: "1991-07-30",
  street: "Flat 2, 88 Église Street",
  city: "Meadowbank",
  postalCode: "ZZ99 3AC",
  phone: "01632 960103",
};

/** Born last week, in the neonatal unit. */
export const babyAdeyemi: WardPatient = {
  nhsNumber: "9992231084",
  hospitalNumber: "H4000021",
  prefix: "Master",
  given: ["Temi"],
  family: "Adeyemi",
  gender: "male",
  birthDate: "2026-11-16",
  street: "41 Foundry Close",
  city: "Meadowbank",
  postalCode: "ZZ99 3AD",
  phone: "01632 960104",
};
