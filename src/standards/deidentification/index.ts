export { compileRuleSet, type Deidentifier } from "./deidentifier.ts";
export { CodestreamCleaner } from "./dicom/codestream.ts";
export {
  type DeidentifiedHeader,
  deidentifyHeader,
  deidentifyImage,
  type ImageNeeds,
  patientsOfImage,
} from "./dicom/deidentify-image.ts";
export type { ImageRules, PixelRule, Rectangle } from "./dicom/image-rules.ts";
export { pixelBytes } from "./dicom/pixel-layout.ts";
export { cleanedPixels, isNothing, type PixelWork } from "./dicom/pixels.ts";
export { type ImageOption, imageOptions } from "./dicom/profile.ts";
export { type PatientNames, patientKeyOf, patientsOf } from "./patients.ts";
export { identifierKey, Keyed, type Project } from "./project.ts";
export { type Method, methods, type Rule, type RuleSet } from "./rule.ts";
export { ruleSets } from "./rule-sets/index.ts";
export { publishedCount, publishedMean, publishedPercentage, publishedRow, suppressed } from "./suppression.ts";
export { pseudonymBase, pseudonymSystem } from "./treatments/links.ts";
export { deidentifyMessage, type MessageNeeds, patientsOfMessage } from "./v2/deidentify-message.ts";
export { RuleCounts } from "./walking.ts";
