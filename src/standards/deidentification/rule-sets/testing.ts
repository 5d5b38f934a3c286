import type { RuleSet } from "../rule.ts";
import { teaching } from "./teaching.ts";

/** For testing: as for teaching, and addresses and telephone numbers are filled with made-up ones, so that forms are full. */
export const testing: RuleSet = {
  ...teaching,
  name: "testing",
  title: "Testing",
  rules: [
    ...teaching.rules,
    { path: "Address.line", method: "substitute", with: "1 ZZZ Test Street" },
    { path: "Address.city", method: "substitute", with: "ZZZ Testham" },
    { path: "ContactPoint", method: "keep" },
    { path: "ContactPoint.value", method: "substitute" },
  ],
};
