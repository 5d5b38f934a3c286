/** Staff who do not exist. */
export interface WardClinician {
  /** Staff number, authority `MEADOW`. */
  readonly staffNumber: string;
  readonly prefix: string;
  readonly given: string;
  readonly family: string;
}

/** Consultant cardiologist. */
export const drLindqvist: WardClinician = {
  staffNumber: "C4471",
  prefix: "Dr",
  given: "Ingrid",
  family: "Lindqvist",
};

/** Consultant microbiologist; authorises cultures. */
export const drBanerjee: WardClinician = { staffNumber: "C5120", prefix: "Dr", given: "Rohan", family: "Banerjee" };

/** General practitioner of Mrs Osei. */
export const drPryce: WardClinician = { staffNumber: "G1189", prefix: "Dr", given: "Owen", family: "Pryce" };

/** Nurse in charge of ward 7. */
export const sisterKelly: WardClinician = { staffNumber: "N3307", prefix: "Sister", given: "Moira", family: "Kelly" };

/** `Dr Ingrid Lindqvist`. */
export function displayName({ prefix, given, family }: WardClinician): string {
  return `${prefix} ${given} ${family}`;
}
