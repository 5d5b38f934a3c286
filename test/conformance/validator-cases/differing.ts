const display = "the display differs from that of a release of LOINC, SNOMED CT or CVX, which Corridor does not bring";
const signature = "digital signatures are not verified";
const parameters = "an extension of the FHIR tools, which is no part of R4, with rules of its own";

/**
 * Cases of the reference validator whose verdict differs, with the reason; all of them are taken here and refused there. One
 * that agrees after all is a failure.
 */
export const differing: ReadonlyMap<string, string> = new Map([
  ["bundle-id-5", display],
  ["cvx", display],
  ["ips-nz-pj", display],
  ["cs-narrative-status-pub", "a rule of HL7's publishing process, asked for by an option"],
  [
    "encounter-period",
    "start is a day and end a moment of that day: FHIRPath cannot say which is first, and the reference takes that for broken",
  ],
  ["parameters-reference-bad", "an option asks that every reference be found, and nothing is here to find it in"],
  ["signatures-example-2", signature],
  ["vs-params-2", parameters],
  ["vs-params-4", parameters],
]);
