/** What a review of a finding comes to. */
export const findingOutcomes = ["appropriate", "needs-inquiry", "breach"] as const;

export type FindingOutcome = (typeof findingOutcomes)[number];

export const findingOutcomeWords: Readonly<Record<FindingOutcome, string>> = {
  appropriate: "Appropriate",
  "needs-inquiry": "Needs inquiry",
  breach: "Breach",
};
