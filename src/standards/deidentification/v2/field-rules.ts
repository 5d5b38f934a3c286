/** What is done with a field or component of HL7 v2. */
export type FieldMethod =
  | "code" // stays when it is written as codes are: a few letters and digits
  | "test" // the same with a code's system: codes of what is measured and ordered
  | "number"
  | "result" // a number, a comparison, or a word that results are told in
  | "date"
  | "pseudonym"
  | "short-pseudonym" // of at most 16 characters
  | "place" // the name of an application or facility
  | "text" // stays when it was reviewed
  | "value" // as OBX-2 says
  | "whole"; // stays: it is the syntax of the message

/**
 * Fields by their position; all others by their data type (`typeMethods`), and removed where that has none.
 * Source: HL7 v2.5.1 chapters 2 to 7.
 */
export const fieldMethods: Readonly<Record<string, FieldMethod>> = {
  "MSH-1": "whole",
  "MSH-2": "whole",
  "MSH-3": "place",
  "MSH-4": "place",
  "MSH-5": "place",
  "MSH-6": "place",
  "MSH-9": "code",
  "MSH-10": "short-pseudonym",
  "MSH-11": "code",
  "MSH-12": "number",
  "MSH-15": "code",
  "MSH-16": "code",
  "MSH-17": "code",
  "MSH-18": "code",
  "MSA-1": "code",
  "MSA-2": "short-pseudonym",
  "EVN-1": "code",
  "EVN-4": "code",
  "PID-8": "code",
  "PID-16": "code",
  "PID-30": "code",
  "PV1-2": "code",
  "PV1-4": "code",
  "PV1-10": "code",
  "PV1-14": "code",
  "PV1-18": "code",
  "NK1-3": "code",
  "ORC-1": "code",
  "ORC-5": "code",
  "OBR-4": "test",
  "OBR-18": "short-pseudonym",
  "OBR-19": "short-pseudonym",
  "OBR-20": "short-pseudonym",
  "OBR-21": "short-pseudonym",
  "OBR-24": "code",
  "OBR-25": "code",
  "OBR-44": "test",
  "OBX-2": "code",
  "OBX-3": "test",
  "OBX-4": "number",
  "OBX-5": "value",
  "OBX-6": "test",
  "OBX-7": "result",
  "OBX-8": "code",
  "OBX-11": "code",
  "AL1-2": "code",
  "AL1-3": "test",
  "AL1-4": "code",
  "DG1-3": "test",
  "DG1-6": "code",
  "PR1-3": "test",
  "RXA-5": "test",
  "RXE-2": "test",
  "RXO-1": "test",
  "SPM-4": "test",
};

/** Fields that no rule of position names, by their data type. */
export const typeMethods: Readonly<Record<string, FieldMethod>> = {
  NM: "number",
  SI: "number",
  DT: "date",
  TS: "date",
  DTM: "date",
  CX: "pseudonym",
  EI: "pseudonym",
  ID: "code",
  CE: "test",
  CWE: "test",
  CNE: "test",
};

/** Segments of which nothing but their name is said: they are all text, or somebody else's. */
export const removedSegments: ReadonlySet<string> = new Set(["NTE", "DSP", "ADD", "DSC", "BHS", "FHS", "BTS", "FTS"]);

/** Names of code systems in the third component. Source: HL7 table 0396. */
export const codeSystem =
  /^(?:LN|SCT|SNM3?|SNOMED-CT|I10|I9C?|ICD10|ICD-10|I10P|C4|C5|CVX|NDC|RXNORM|UCUM|ISO\+|DCM|MDC|OPCS4|READ|DMD|HL7\d{4})$/i;
/** A code of a table: at most three letters, or a message structure. A name or number does not look so. */
export const codeText = /^(?:[A-Z]{1,3}\d{0,3}|\d{1,3}|[A-Z]{3}_[A-Z]\d{2}|[<>]{1,2}|[-+]{1,3})$/;
/** What is measured or ordered, in a published system. */
export const testCode = /^[A-Za-z0-9%#*<>[\]{}./_-]{1,20}$/;
/** The same in a list of one's own: at most twelve characters, without the long numbers that people have. */
export const localTestCode = /^(?!.*\d{6})[A-Za-z0-9%#*./-]{1,12}$/;
/** Fields whose codes stay though nobody says from where they are. */
export const measuredFields: ReadonlySet<string> = new Set(["OBR-4", "OBR-44", "OBX-3", "OBX-6"]);
/** LOINC and SNOMED CT codes of results that are an age. */
export const ageCodes: ReadonlySet<string> = new Set("30525-0 21612-7 29553-5 63900-5 424144002 397669002".split(" "));
export const resultText =
  /^(?:[<>=~]{0,2} ?[-+]?\d{1,7}(?:\.\d{1,6})?%?(?: ?(?:-|to|:|\/) ?[-+]?\d{1,7}(?:\.\d{1,6})?)?|positive|negative|pos|neg|detected|not detected|reactive|non-?reactive|normal|abnormal|present|absent|trace|nil|[+]{1,4}|-)$/i;
