import type { DataSet } from "#standards/dicom";

/** Code systems that anybody can look up. Source: PS3.16 Table 8-1. */
const publishedSchemes: ReadonlySet<string> = new Set(
  "DCM SRT SCT SNM3 99SDM LN UCUM RADLEX UMLS NCIt FMA MDC RXNORM I9C I10 ICD10 C4 ACR ISO639_1 ISO3166_1 ITIS_TSN".split(
    " ",
  ),
);

/** Who makes machines, in capitals. */
const makers =
  /^(?:AGFA|BRUKER|CANON|CARESTREAM|ESAOTE|FUJI|FUJIFILM|GE|GEMS|HITACHI|HOLOGIC|KODAK|KONICA|MINDRAY|PHILIPS|PICKER|SAMSUNG|SHIMADZU|SIEMENS|TOSHIBA|VARIAN|ELSCINT|ADAC)(?:[ _](?:MEC|MEDICAL|SYSTEMS|HEALTHCARE|HEALTHINEERS|HISPEED|NV|CORPORATION))*$/;

/** What machines call their own ways of working: `B30f`, `*tfl3d1`, `1H`. A name or a number of a person is longer. */
const shortName = /^[*A-Za-z]{0,5}\d{0,3}[A-Za-z]{0,2}$/;

const shortNames: ReadonlySet<string> = new Set(
  "SequenceName ConvolutionKernel ReceiveCoilName TransmitCoilName FilterType ImagedNucleus RescaleType PulseSequenceName".split(
    " ",
  ),
);

const codeShape = /^[A-Za-z0-9][A-Za-z0-9._-]{1,15}$/;

/**
 * Whether a short text that the profile does not name says what a machine did, or is a code of a published system. Any other is
 * removed unless it was reviewed.
 */
export function isTechnical(keyword: string, values: readonly string[], dataSet: DataSet): boolean {
  if (keyword === "CodingSchemeDesignator") return values.every((value) => publishedSchemes.has(value));
  if (keyword === "CodeValue") {
    const isPublished = publishedSchemes.has(dataSet.text("CodingSchemeDesignator") ?? "");
    return isPublished && values.every((value) => codeShape.test(value));
  }
  if (keyword === "Manufacturer") return values.every((value) => makers.test(value.toUpperCase()));
  return shortNames.has(keyword) && values.every((value) => shortName.test(value));
}
