import type { Json } from "#kernel";
import { type FhirResource, listIn, objectIn, type ResourceSet } from "./resource-set.ts";
import { type SegmentDraft, setText } from "./segment-draft.ts";

/** Components of PL by what kind of place it is. Source: FHIR location-physical-type; HL7 v2.5.1 §2.A.53. */
const components: Readonly<Record<string, number>> = { wa: 1, ro: 2, bd: 3, si: 4, bu: 7, lvl: 8 };

/** PV1-3: the newest place of the visit, PV1-6: the one that it was at before, PV1-42: one that is kept for it. */
export function setVisitPlaces(pv1: SegmentDraft, encounter: FhirResource, set: ResourceSet): void {
  const places = listIn(encounter.location).map((each) => objectIn(each) ?? {});
  const newest = (wanted: string) => places.findLast(({ status }) => status === wanted);
  const now = newest("active") ?? places.findLast(({ status }) => status !== "reserved");
  const before = newest("completed");
  setPlace(pv1, { field: 3, place: now?.location, set });
  if (before !== now) setPlace(pv1, { field: 6, place: before?.location, set });
  setPlace(pv1, { field: 42, place: newest("reserved")?.location, set });
}

interface PlaceToWrite {
  readonly field: number;
  readonly place: Json | undefined;
  readonly set: ResourceSet;
}

/** A place and those that it is part of, each in its component; a place of no kind as the ward. */
function setPlace(pv1: SegmentDraft, { field, place: reference, set }: PlaceToWrite): void {
  let place = set.resolve(reference, "Location");
  for (let depth = 0; place !== undefined && depth < placesMax; depth += 1) {
    const kind = objectIn(listIn(objectIn(place.physicalType)?.coding)[0])?.code;
    const component = components[String(kind)] ?? 1;
    const number = objectIn(listIn(place.identifier)[0])?.value ?? place.name;
    setText(pv1, { field, component }, typeof number === "string" ? number : undefined);
    place = set.resolve(place.partOf, "Location");
  }
}

/** Bed, bay, ward, floor, building, site. */
const placesMax = 6;
