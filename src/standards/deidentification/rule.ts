import type { ImageRules } from "./dicom/image-rules.ts";

/**
 * What is done with an element.
 *
 * | method     | what becomes of the element                                                                              |
 * |------------|----------------------------------------------------------------------------------------------------------|
 * | keep       | stays; one with parts is entered, and each part has its own rule; a code with a list stays if it is listed |
 * | redact     | is removed                                                                                               |
 * | review     | stays where it says nothing but what is public or was reviewed: texts of the list, codes of published    |
 * |            | systems, addresses of published definitions                                                              |
 * | dateShift  | is moved by the patient's days; of a text the dates in it                                                |
 * | generalize | says less: a date its year, an age at most 90, a postcode its area                                       |
 * | pseudonym  | becomes a keyed pseudonym                                                                                |
 * | substitute | becomes something made up, or the text of `with`                                                         |
 * | perturb    | a number moves by at most `spread` of itself                                                             |
 */
export const methods = [
  "keep",
  "redact",
  "review",
  "dateShift",
  "generalize",
  "pseudonym",
  "substitute",
  "perturb",
] as const;

export type Method = (typeof methods)[number];

export interface Rule {
  /**
   * Where, by FHIRPath from a type: `string` (every element of that type), `HumanName`, `Patient.contact.name`,
   * `Observation.component.where(code.coding.code = '8867-4').value`. The longer path wins, then the later rule; one with more
   * than names in it wins over all of these.
   */
  readonly path: string;
  readonly method: Method;
  /** For `keep`: a regular expression for the whole text; what does not match is removed. */
  readonly matching?: string;
  /** For `substitute`: what stands there afterwards. */
  readonly with?: string;
  /** For `pseudonym`: the element is a DICOM UID, and becomes one. */
  readonly as?: "uid";
  /** For `perturb`: 0.1 moves a value by at most a tenth. */
  readonly spread?: number;
}

/** A set of rules: what no rule names is removed. */
export interface RuleSet {
  readonly name: string;
  readonly title: string;
  readonly rules: readonly Rule[];
  /** Extensions that are kept, by address; those inside another by `ADDRESS#NAME`. The value follows its own type's rule. */
  readonly extensions: readonly string[];
  /** What begins so is an address of published definitions or code systems. */
  readonly published: readonly string[];
  /** What becomes of dates in HL7 v2 and DICOM; in FHIR the rules say it. */
  readonly dates: "dateShift" | "generalize";
  /** The same of names of people. */
  readonly names: "substitute" | "redact";
  readonly images: ImageRules;
}
