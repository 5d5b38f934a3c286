/** A concept of a terminology. Source: PS3.16 §8.1. */
export interface Code {
  readonly value: string;
  readonly scheme: "DCM" | "SCT" | "UCUM";
  readonly meaning: string;
}

const dcm = (value: string, meaning: string): Code => ({ value, scheme: "DCM", meaning });
const sct = (value: string, meaning: string): Code => ({ value, scheme: "SCT", meaning });
const ucum = (value: string, meaning = value): Code => ({ value, scheme: "UCUM", meaning });

/** Those of a measurement report. Source: PS3.16 TID 1500, 1501, 1410, 2010 and Annex D. */
export const codes = {
  report: dcm("126000", "Imaging Measurement Report"),
  language: dcm("121049", "Language of Content Item and Descendants"),
  observerType: dcm("121005", "Observer Type"),
  person: dcm("121006", "Person"),
  observerName: dcm("121008", "Person Observer Name"),
  procedure: dcm("121058", "Procedure reported"),
  imaging: sct("363679005", "Imaging"),
  measurements: dcm("126010", "Imaging Measurements"),
  group: dcm("125007", "Measurement Group"),
  trackingName: dcm("112039", "Tracking Identifier"),
  trackingUid: dcm("112040", "Tracking Unique Identifier"),
  region: dcm("111030", "Image Region"),
  comment: dcm("121106", "Comment"),
  ofInterest: dcm("113000", "Of Interest"),
  keyObjectDescription: dcm("113012", "Key Object Description"),
  attenuation: dcm("112031", "Attenuation Coefficient"),
  length: sct("410668003", "Length"),
  angle: sct("1483009", "Angle"),
  area: sct("42798000", "Area"),
  mean: sct("373098007", "Mean"),
  deviation: sct("386136009", "Standard Deviation"),
  minimum: sct("255605001", "Minimum"),
  maximum: sct("56851009", "Maximum"),
  english: { value: "en-GB", scheme: "RFC5646", meaning: "English (United Kingdom)" },
} as const;

/** Units as UCUM writes them. */
export const units: Readonly<Record<string, Code>> = {
  mm: ucum("mm", "millimeter"),
  "mm²": ucum("mm2", "square millimeter"),
  "°": ucum("deg", "degree"),
  HU: ucum("[hnsf'U]", "Hounsfield unit"),
  px: ucum("{pixels}", "pixels"),
  "px²": ucum("{pixels}2", "square pixels"),
  "": ucum("1", "no units"),
};

/** How a unit of a report is shown. */
export function shownUnit(code: string): string {
  return Object.entries(units).find(([, unit]) => unit.value === code)?.[0] ?? code;
}
