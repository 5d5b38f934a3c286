/** Names what has no FHIR type of its own: users, tokens, links, messages. */
export const corridorReferences = "urn:corridor:reference";

/** Why, as a code of HL7's PurposeOfUse and, where somebody gave a reason, in their words. */
export function purposes(code: string, reason: string | undefined) {
  const coding = [{ system: "http://terminology.hl7.org/CodeSystem/v3-ActReason", code }];
  return [reason === undefined ? { coding } : { coding, text: reason }];
}
