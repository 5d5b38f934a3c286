import type { RuleSet } from "../rule.ts";
import { safeHarbor } from "./safe-harbor.ts";
import { teaching } from "./teaching.ts";
import { testing } from "./testing.ts";

/** The sets that come with Corridor, by their names on the command line. */
export const ruleSets: ReadonlyMap<string, RuleSet> = new Map(
  [safeHarbor, teaching, testing].map((set) => [set.name, set]),
);
