import type { RuleSet } from "../rule.ts";
import { baseRules, listedExtensions, published } from "./base.ts";

/**
 * The 18 kinds of identifiers removed: dates say their year, places their state, ages over 89 are 90.
 * Source: 45 CFR 164.514(b)(2).
 */
export const safeHarbor: RuleSet = {
  name: "safe-harbor",
  title: "Safe Harbor",
  rules: [
    ...baseRules,
    { path: "date", method: "generalize" },
    { path: "dateTime", method: "generalize" },
    { path: "instant", method: "generalize" },
  ],
  extensions: listedExtensions,
  published,
  dates: "generalize",
  names: "redact",
  images: { options: ["clean-descriptors"], pixels: [] },
};
