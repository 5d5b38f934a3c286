import type { AlertView } from "#departments/clinical/api";
import type { IconName } from "../../parts/icon/icon.tsx";
import { ageText } from "../holds/age.ts";

type Rule = AlertView["rule"];

interface RuleWords {
  readonly title: string;
  readonly icon: IconName;
  /** What a person does about it. */
  readonly advice: string;
}

export const ruleWords: Readonly<Record<Rule, RuleWords>> = {
  silence: {
    title: "Silence",
    icon: "clock",
    advice: "Ask the sender whether their system is running, and whether messages wait there.",
  },
  "sequence-gap": {
    title: "Gap in sequence numbers",
    icon: "filter",
    advice: "Ask the sender to send the missing numbers again.",
  },
  "result-overdue": {
    title: "Results late",
    icon: "flask",
    advice: "Ask the laboratory about the orders: the specimen may be lost, or the result sent elsewhere.",
  },
  "delivery-parked": {
    title: "Delivery escalated",
    icon: "alert",
    advice: "Look at what the destination answered, then try the deliveries again or skip them.",
  },
  "delivery-unanswered": {
    title: "Delivery not acknowledged",
    icon: "messages",
    advice: "Ask whoever runs the destination whether it takes messages.",
  },
  "mapping-behind": {
    title: "Mapping behind",
    icon: "clock",
    advice: "Look at the oldest of the messages; if the log of Corridor does not say why, tell whoever runs it.",
  },
  "certificate-expiring": {
    title: "Certificate expires",
    icon: "key",
    advice: "Ask whoever runs Corridor for a renewed certificate: after its end nothing connects any more.",
  },
};

/** `2 h 5 min so far`, `lasted 40 min`. */
export function lastedText({ since, until }: Pick<AlertView, "since" | "until">, nowMs: number): string {
  const minutes = Math.max(
    0,
    Math.floor(((until === undefined ? nowMs : Date.parse(until)) - Date.parse(since)) / 60_000),
  );
  return until === undefined ? `${ageText(minutes)} so far` : `lasted ${ageText(minutes)}`;
}

export type AlertExample =
  | { readonly is: "message" | "delivery"; readonly id: string }
  | { readonly is: "resource"; readonly kind: string; readonly id: string };

/** Where an example of an alert is looked at: `LinkMessage/7c…`. */
export function exampleOf(reference: string): AlertExample {
  const at = reference.indexOf("/");
  const [kind, id] = [reference.slice(0, at), reference.slice(at + 1)];
  if (kind === "LinkMessage") return { is: "message", id };
  return kind === "Delivery" ? { is: "delivery", id } : { is: "resource", kind, id };
}
