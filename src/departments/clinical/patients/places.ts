import type { Encounter, EncounterLocation } from "#standards/fhir";

/** Places that one visit keeps; of more, the latest. */
const placesMax = 100;

/**
 * The places of a visit after a transfer (A02): where the patient was is completed, with the time, and stays; where the
 * patient is now comes last. `at` is when it happened.
 * Source: HL7 v2.5.1 §3.3.2; FHIR R4 Encounter.location.
 */
export function transferred(
  { location: before = [] }: Pick<Encounter, "location">,
  { location: sent = [] }: Pick<Encounter, "location">,
  at: string | undefined,
): readonly EncounterLocation[] {
  const now = sent.filter(({ status }) => status === "active").map((place) => since(place, at));
  const left = before.flatMap((place) => (place.status === "active" ? until(place, at) : place));
  const isNow = (place: EncounterLocation) => now.some((other) => isSame(other, place) && place.status === "active");
  const others = sent.filter((place) => place.status !== "active" && !left.some((known) => isSame(known, place)));
  const rest = left.filter((place) => place.status !== "reserved" && place.status !== "planned" && !isNow(place));
  return [...rest, ...others, ...now].slice(-placesMax);
}

/**
 * The places after a transfer was taken back (A12): where the patient was taken to by mistake goes, and where the patient
 * is after all, as sent in PV1-3, is active again since it was before. Source: HL7 v2.5.1 §3.3.12.
 */
export function transferTakenBack(
  { location: before = [] }: Pick<Encounter, "location">,
  { location: sent = [] }: Pick<Encounter, "location">,
): readonly EncounterLocation[] {
  const [stated] = sent.filter(({ status }) => status === "active");
  const stayed = before.filter(({ status }) => status !== "active");
  const back = stated ?? stayed.findLast(({ status }) => status === "completed");
  if (back === undefined) return before;
  const at = stayed.findLastIndex((place) => isSame(place, back));
  const start = stayed[at]?.period?.start;
  const again: EncounterLocation = {
    location: back.location,
    status: "active",
    ...(start === undefined ? {} : { period: { start } }),
  };
  return [...stayed.filter((_, index) => index !== at), again];
}

function since(place: EncounterLocation, at: string | undefined): EncounterLocation {
  return at === undefined ? place : { ...place, period: { start: at } };
}

function until(place: EncounterLocation, at: string | undefined): EncounterLocation {
  const completed = { ...place, status: "completed" as const };
  return at === undefined ? completed : { ...completed, period: { ...place.period, end: at } };
}

function isSame(one: EncounterLocation, other: EncounterLocation): boolean {
  const [a, b] = [one.location, other.location];
  return (
    a.identifier?.value === b.identifier?.value &&
    a.identifier?.system === b.identifier?.system &&
    a.display === b.display
  );
}
