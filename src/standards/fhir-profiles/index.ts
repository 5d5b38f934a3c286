export type { IssueCode, IssueSeverity, ValidationIssue } from "./issue.ts";
export { conformanceTypes, type FhirPackage, packageDocuments, readPackage } from "./package.ts";
export type { CodingText, TerminologyCheck } from "./terminology-check.ts";
export { openValidator, type ValidationRequest, type Validator, type ValidatorSettings } from "./validator.ts";
