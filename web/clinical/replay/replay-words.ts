import type { DeliveryEffect, Difference, MessageChoice, ReplayInto } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";

export const intoWords: Readonly<Record<ReplayInto, string>> = {
  record: "Into the record",
  destinations: "To the destinations",
  both: "Into the record and to the destinations",
};

const elementWords = { added: "is new", changed: "changes", removed: "goes" } as const;

/** `Observation: valueQuantity.value changes`. */
export function differenceWords(difference: Difference): string {
  switch (difference.is) {
    case "element":
      return `${difference.kind}: ${difference.element} ${elementWords[difference.change]}`;
    case "resource":
      return `${difference.kind} ${difference.change === "created" ? "is made new" : "is not made"}`;
    case "outcome":
      return `From ${difference.before} to ${difference.after}`;
    case "destination":
      return difference.change === "added"
        ? `Goes to ${difference.destination} as well`
        : `Goes to ${difference.destination} no more`;
  }
}

export const effectWords: Readonly<Record<DeliveryEffect, string>> = {
  new: "Never had",
  changed: "Had otherwise",
  duplicate: "Had unchanged",
  "under-way": "Under way already",
  parked: "Parked",
  "let-go": "Skipped by a person",
  "not-made": "Cannot be made",
};

/** What was chosen, in a few words each; empty: every message. The number searched for may name a patient. */
export function choiceWords(choice: MessageChoice): readonly string[] {
  const { q, text, link, type, sender, state, from, to } = choice;
  return [
    ...(q === undefined ? [] : [`number ${q}`]),
    ...(text === undefined ? [] : [`words “${text}”`]),
    ...(link === undefined ? [] : [`link ${link}`]),
    ...(type === undefined ? [] : [`type ${type}`]),
    ...(sender === undefined ? [] : [`sender ${sender}`]),
    ...(state === undefined ? [] : [`state ${state.join(" or ")}`]),
    ...(from === undefined ? [] : [`from ${formatDateTime(from)}`]),
    ...(to === undefined ? [] : [`to ${formatDateTime(to)}`]),
  ];
}
