/** Why elements of the samples do not come back from a message that was written of them: the first that fits an element. */
const reasons: readonly (readonly [element: RegExp, reason: string])[] = [
  [/^Specimen\.accessionIdentifier/, "SPM-30 is of v2.7, and its authority has no system"],
  [
    /^Specimen\.identifier/,
    "one number of each kind is written (SPM-2); those of the parent specimen and of shipments are not",
  ],
  [/^Specimen\./, "ORM^O01 has no SPM: what OBR cannot say of a specimen is not told"],
  [
    /^Practitioner\.qualification/,
    "authors of notes (NTE-5) and roles of PRT have no field in v2.5.1; degrees come back as codes of their own",
  ],
  [
    /^Practitioner\./,
    "named in segments that are not written (NTE-5, PRT, a second PV1), or in a field that another carries",
  ],
  [/^DiagnosticReport\./, "reports are not told of in messages about orders"],
  [
    /^Observation\.(?:note|status|code|category|identifier|effectiveDateTime)/,
    "a note, or a result, that the first way hangs on no order and no specimen",
  ],
  [/^Observation\.extension/, "a pointer (RP) without a document, or several documents of one result"],
  [/^Observation\.method/, "a text alone is written as the name of a code (OBX-17.2)"],
  [/^Observation\./, "values of several OBX that were read as one result"],
  [/^Patient\.address\.line/, "XAD has room for two lines in v2.5.1: the others follow the second"],
  [/^Patient\.contact/, "NK1 is not written"],
  [/^Patient\.extension/, "PID-10 and the like: nothing in the rows says which extension it is"],
  [/^Patient\./, "an authority without a universal id, or a kind of number or address that another one hides"],
  [
    /^Encounter\.(?:participant|location)/,
    "a second PV1 of earlier results was read into the same visit; PV1-11 and PV1-43 are not written",
  ],
  [/^Encounter\.identifier/, "one number of a visit is written (PV1-19)"],
  [/^Encounter\./, "PV2, and fields of PV1 without a way back"],
  [
    /^ServiceRequest\.(?:occurrence|quantity|note)/,
    "repeat patterns of TQ1 beyond the first; what TQ1-2 and TQ1-11 say has another place",
  ],
  [
    /^ServiceRequest\.(?:identifier|requisition)/,
    "the placer's number stands once, in ORC-2; check digits have no field",
  ],
  [
    /^ServiceRequest\.(?:status|intent|code|authoredOn)/,
    "an order without a code is left out; the status follows from what has changed",
  ],
];

/** Undefined where nobody has looked yet. */
export function reasonOfLoss(element: string): string | undefined {
  return reasons.find(([pattern]) => pattern.test(element))?.[1];
}
