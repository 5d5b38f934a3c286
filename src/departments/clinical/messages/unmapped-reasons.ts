/** Why a value of a message is in no resource, with a sentence for people. */
export const unmappedReasons = {
  administrative: "It serves the exchange of messages and says nothing about a patient.",
  blank: "It holds nothing but blanks.",
  "empty-null": "It asks to delete what is not kept, or not by this type of message.",
  "local-extension-needed": "FHIR leaves it to each country, and no British extension is in use for it here.",
  "local-segment": "It is in a segment of the sender's own (Z…), which has no mapping.",
  "no-fhir-target": "The official map has no element for it.",
  "no-observation-code": "The observation names no test (OBX-3), so there is nothing to record.",
  "no-order-number": "The order has neither a placer nor a filler number, so it could not be found again.",
  "no-visit-number": "The visit has no number (PV1-19), so it could not be found again.",
  "not-a-segment": "The line does not start as a segment does.",
  "not-mapped-yet": "The official map has an element for it that Corridor does not fill yet.",
  "not-of-this-event": "This type of message is not mapped to the resource that it belongs to.",
  overruled: "Another field of the message says the same kind of thing and was taken instead.",
  "part-not-carried": "The rest of the field was carried over; this part of it has no place.",
  "repetition-not-carried": "FHIR has room for one value here, and the first was taken.",
  "segment-not-mapped": "Segments of this name have no mapping.",
  "value-not-understood": "The value is not what the field should hold, so it could not be converted.",
} as const;

export type UnmappedReason = keyof typeof unmappedReasons;

export function isUnmappedReason(text: string): text is UnmappedReason {
  return Object.hasOwn(unmappedReasons, text);
}
