/**
 * Outcomes of the Data Security and Protection Toolkit, as far as Corridor's own work is evidence for them.
 * Source: CAF-aligned DSPT, objectives A to E (NHS England, 2024-25 and after).
 */
export const outcomes = {
  "A2.a": "Risk management: risks to information are assessed",
  "A3.a": "Asset management: what is held is known, and by whom it is looked after",
  "A4.a": "Supply chain: who is sent data, and under what agreement",
  "B2.a": "Identity: who signs in proves it",
  "B2.c": "Privileged users: their access is told and can be looked at",
  "B3.a": "Understanding data: where it flows",
  "B6.b": "Training: staff know what is theirs to do",
  "C1.a": "Monitoring: what was done with records is logged, and the log can be proven",
  "D1.a": "Response: incidents are dealt with, and reported in time",
  "D2.a": "Lessons: incidents end with what was learnt",
  "E2.a": "Rights: requests by people are answered in time",
  "E2.b": "Rights: complaints are acknowledged in time",
  "E3.b": "Sharing for other purposes: assessed and agreed first",
  "E4.a": "Records: kept for as long as they must, and no longer",
} as const;

export type OutcomeName = keyof typeof outcomes;
