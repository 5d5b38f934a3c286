import type { RuleSet } from "../rule.ts";
import { baseRules, listedExtensions, published } from "./base.ts";

/** For teaching: stories stay whole, as all dates of a patient move by the same days, and people have made-up names. */
export const teaching: RuleSet = {
  name: "teaching",
  title: "Teaching",
  rules: [
    ...baseRules,
    { path: "date", method: "dateShift" },
    { path: "dateTime", method: "dateShift" },
    { path: "instant", method: "dateShift" },
    { path: "time", method: "keep", matching: "\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?" },
    { path: "HumanName", method: "substitute" },
  ],
  extensions: listedExtensions,
  published,
  dates: "dateShift",
  names: "substitute",
  images: {
    options: ["modified-dates", "clean-descriptors", "retain-patient-characteristics"],
    pixels: [],
  },
};
