import { placeOf, wardFor } from "../hospital/wards.ts";
import type { Story, Visit } from "./story.ts";

/** The stay that goes on now. */
export function currentStay({ visits }: Story): Visit | undefined {
  return visits.find(({ is, toMs }) => is === "stay" && toMs === undefined);
}

export function isInWard(story: Story): boolean {
  return currentStay(story) !== undefined;
}

/** Everybody in a ward now has a bed of their own, as long as the ward has any. */
export function inOwnBeds(stories: readonly Story[]): readonly Story[] {
  const taken = new Map<string, number>();
  return stories.map((story) => {
    const stay = currentStay(story);
    if (stay === undefined) return story;
    const ward = wardFor(stay.specialty);
    const bed = taken.get(ward.name) ?? 0;
    taken.set(ward.name, bed + 1);
    return withPlace(story, stay, placeOf(ward, bed));
  });
}

function withPlace(story: Story, stay: Visit, place: string): Story {
  const placed = { ...stay, place };
  return {
    ...story,
    visits: story.visits.map((visit) => (visit === stay ? placed : visit)),
    collections: story.collections.map((each) => (each.visit === stay ? { ...each, visit: placed } : each)),
  };
}
