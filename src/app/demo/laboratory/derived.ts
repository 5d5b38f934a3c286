import type { Sex } from "../people/person.ts";
import type { TestKey } from "./tests.ts";

/** The person and the other values of the same specimen. */
export interface DerivedFrom {
  readonly sex: Sex;
  readonly ageYears: number;
  value(key: TestKey): number;
}

/** Values that laboratories calculate, so that a report agrees with itself. */
export const derived: { readonly [Key in TestKey]?: (from: DerivedFrom) => number } = {
  EGFR: (from) => estimatedFiltration(from),
  ACA: ({ value }) => value("CA") + 0.02 * (40 - value("ALB")),
  ACR: ({ value }) => value("UALB") / value("UCREA"),
  NHDL: ({ value }) => value("CHOL") - value("HDL"),
  // Friedewald, in mmol/L.
  LDL: ({ value }) => value("CHOL") - value("HDL") - value("TRIG") / 2.2,
  // A gram of transferrin binds 25.1 µmol of iron.
  TSAT: ({ value }) => (100 * value("IRON")) / (25.1 * value("TRF")),
  WBC: ({ value }) => value("NEUT") + value("LYMPH") + value("MONO") + value("EOS") + value("BASO"),
  // At a mean cell haemoglobin concentration of 325 g/L.
  HCT: ({ value }) => value("HB") / 325,
  RBC: ({ value }) => (1_000 * value("HCT")) / value("MCV"),
  MCH: ({ value }) => value("HB") / value("RBC"),
  INR: ({ value }) => value("PT") / 11.5,
  // Henderson and Hasselbalch, pCO2 in kPa.
  AHCO3: ({ value }) => 0.23 * value("PCO2") * 10 ** (value("PH") - 6.1),
  // Siggaard-Andersen, for plasma.
  BE: ({ value }) => value("AHCO3") - 24.4 + 14.8 * (value("PH") - 7.4),
};

/** CKD-EPI 2009 without ethnicity, as NICE NG203 asks; creatinine in µmol/L. Of children, by height, none is given. */
function estimatedFiltration({ sex, ageYears, value }: DerivedFrom): number {
  const [kappa, alpha, factor] = sex === "female" ? [61.9, -0.329, 1.018] : [79.6, -0.411, 1];
  const share = value("CREA") / kappa;
  return 141 * Math.min(share, 1) ** alpha * Math.max(share, 1) ** -1.209 * 0.993 ** ageYears * factor;
}
