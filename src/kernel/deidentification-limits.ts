/** De-identification and DICOM data sets. Part of `limits`. */
export const deidentificationLimits = {
  /** Ids and identifiers of patients that one de-identified export keeps in memory; with more it is refused. */
  deidentifiedNamesMax: 3_000_000,
  /** Pseudonyms of a project that are remembered; beyond it they are all worked out again, with the same outcome. */
  pseudonymsRememberedMax: 200_000,
  /** One file that is de-identified; a larger one is refused as incorrect. */
  deidentifiedFileBytesMax: 2 * 1024 * 1024 * 1024 - 1,
  /** Nesting of sequences in a DICOM data set; what is deeper is kept as bytes, with a problem. */
  dicomNestingMax: 32,
  /** Elements of one DICOM file, those in items included; reading ends there, with a problem. */
  dicomElementsMax: 2_000_000,
  /** Problems told of one DICOM file; further ones are left out. */
  dicomProblemsMax: 100,
  /** What a deflated DICOM data set may unpack to; a larger one is refused as incorrect. */
  dicomInflatedBytesMax: 1024 * 1024 * 1024,
} as const;
