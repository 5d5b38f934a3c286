/** What an export may be for. Source: HL7 v3 PurposeOfUse. */
export const purposeWords: Readonly<Record<string, string>> = {
  HOPERAT: "Running the hospital",
  HRESCH: "Research",
  PERFMSR: "Planning and measuring",
};
