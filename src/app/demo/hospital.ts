import { admissionMessages } from "./messages/admissions.ts";
import { cultureMessages } from "./messages/cultures.ts";
import { histologyMessages } from "./messages/histology.ts";
import { type Numbering, numberingOf } from "./messages/numbering.ts";
import { orderMessage } from "./messages/orders.ts";
import { ordersOf, resultMessages } from "./messages/results.ts";
import type { DemoMessage } from "./messages/sender.ts";
import { personOf } from "./people/person.ts";
import { randomOf, seedOf } from "./random.ts";
import { inOwnBeds, isInWard } from "./story/beds.ts";
import type { Collection } from "./story/collection.ts";
import { type Story, storyOf } from "./story/story.ts";
import { dayMs, hourMs, yearMs } from "./times.ts";

/** What a demonstration hospital follows from: the same three make the same messages, byte for byte. */
export interface HospitalPlan {
  readonly seed: number;
  readonly patients: number;
  /** When it was made, in milliseconds since 1970: everything happened before. */
  readonly asOfMs: number;
}

/** Those in a ward now come first, so that their charts fill first. */
export function storiesOf({ seed, patients, asOfMs }: HospitalPlan): readonly Story[] {
  const stories = inOwnBeds(Array.from({ length: patients }, (_, at) => storyOf(personOf(seed, at, asOfMs), asOfMs)));
  return [...stories.filter(isInWard), ...stories.filter((story) => !isInWard(story))];
}

const orderedShare = 0.16;

/** Everything that was sent about one person, in the order of sending. */
export function messagesOf(story: Story, asOfMs: number): readonly DemoMessage[] {
  const numbering = numberingOf(String(story.person.at).padStart(4, "0"));
  const events = [...story.visits.map(({ fromMs }) => fromMs), ...story.collections.map(({ atMs }) => atMs)];
  const registeredMs = Math.max(story.person.bornMs + hourMs, Math.min(asOfMs - 1.9 * yearMs, ...events) - dayMs);
  return [
    ...admissionMessages(story, numbering, registeredMs),
    ...story.collections.flatMap((collection) => collectionMessages(collection, { story, numbering })),
  ]
    .filter(({ sentMs }) => sentMs < asOfMs)
    .toSorted((one, other) => one.sentMs - other.sentMs);
}

interface Of {
  readonly story: Story;
  readonly numbering: Numbering;
}

function collectionMessages(collection: Collection, { story, numbering }: Of): readonly DemoMessage[] {
  const random = randomOf(seedOf(story.person.seed, "specimens", collection.atMs));
  const making = { numbering, random };
  return [
    ...ordersOf(story, collection, numbering).flatMap((ordered) => {
      const isSent = ordered.laboratory !== "bedside" && random.chance(orderedShare);
      const order = isSent ? [orderMessage(ordered, numbering.controlId("O"))] : [];
      return [...order, ...resultMessages(ordered, making)];
    }),
    ...cultureMessages({ story, collection }, making),
    ...histologyMessages({ story, collection }, making),
  ];
}
