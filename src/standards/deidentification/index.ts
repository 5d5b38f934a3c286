export { compileRuleSet, type Deidentifier } from "./deidentifier.ts";
export { type PatientNames, patientKeyOf, patientsOf } from "./patients.ts";
export { identifierKey, Keyed, type Project } from "./project.ts";
export { type Method, methods, type Rule, type RuleSet } from "./rule.ts";
export { ruleSets } from "./rule-sets/index.ts";
export { publishedCount, publishedMean, publishedPercentage, publishedRow, suppressed } from "./suppression.ts";
export { pseudonymBase, pseudonymSystem } from "./treatments/links.ts";
export { RuleCounts } from "./walking.ts";
