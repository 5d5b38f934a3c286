import { processingRule } from "../processing-marks/processing-rule.ts";
import { Relationships } from "../relationships/relationships.ts";
import { labelsRule } from "./labels-rule.ts";
import { relationshipRule } from "./relationship-rule.ts";
import { scopeConstraints } from "./scope-constraints.ts";
import type { VisibilityRule } from "./visibility.ts";

/**
 * Every condition under which documents are seen, each a rule of its own; a document must meet them all. To restrict what is
 * seen for a new reason, write a rule and list it here.
 */
export function visibilityRules(relationships = new Relationships()): readonly VisibilityRule[] {
  return [scopeConstraints, relationshipRule(relationships), labelsRule(relationships), processingRule()];
}
