/**
 * The R4 search parameters that no index entry comes of, by the last part of their url, each under its reason. A test holds
 * this list against the compiler: what compiles may not be here, and what does not must be.
 */
export const unindexedParameters: Readonly<Record<string, readonly string[]>> = {
  "A composite over a variant and, beside it, the sequence that the variant is of.": [
    "MolecularSequence-chromosome-variant-coordinate",
    "MolecularSequence-referenceseqid-variant-coordinate",
  ],
  "R4 defines its components crosswise: the reference by the code, the code by the reference.": [
    "DocumentReference-relationship",
  ],
  "It searches the text of the stored resource or of its narrative, and so needs no entries.": [
    "DomainResource-text",
    "Resource-content",
  ],
  "It is a language of its own, not a value of the resource.": ["Resource-query", "filter"],
  "The definition has no expression.": [
    "patient-extensions-Patient-age",
    "patient-extensions-Patient-birthOrderBoolean",
  ],
};
