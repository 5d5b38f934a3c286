import { anAdt, anOrder, anOruR01, potassium, sodium } from "../../builders/index.ts";

/** Seeds for where the samples are not at hand: one of each kind, and one with everything that is rare. */
export const syntheticMessages: readonly string[] = [
  anOruR01({ obx: [sodium, potassium] }),
  anOruR01({
    reports: [
      { obx: [{ ...potassium, notes: ["Haemolysed \\T\\ repeated\\.br\\Please send again"] }] },
      { obx: [{ type: "SN", test: "1554-5^Glucose^LN", value: ">^100", units: "mg/dL" }], spm: { 2: "S1", 4: "BLD" } },
    ],
  }),
  anAdt({ event: "A01", allergies: [{ 2: "DA", 3: "PEN^Penicillin^L" }] }),
  anAdt({ event: "A31", pid: { 5: '""', 11: "1 High Street^^Townÿ^^AB1 2CD~2 Low Street" } }),
  anOrder({ type: "ORM^O01" }),
  anOrder({ type: "OML^O21", spm: { 2: "S1&LAB^S2", 4: "BLD" } }),
];
