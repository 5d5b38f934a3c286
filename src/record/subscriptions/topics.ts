import { resourceTypes } from "#standards/fhir";
import type { Topic, Trigger } from "./topic.ts";

const base = "urn:corridor:SubscriptionTopic:";

const written = ["create", "update"] as const;

/** What a result is called once it may be acted on, and once it was changed after that. */
const reported = "status=final,amended,corrected,appended";
const corrected = "status=amended,corrected,appended";

/** A change to a status of this list, from none of it; with `isEntered` told once a stay, an end, a report. */
function entered(kind: string, meets: string): Trigger {
  return { kind, on: written, meets, isEntered: true };
}

const named: readonly Topic[] = [
  {
    url: `${base}result`,
    title: "A new or corrected result",
    description: "A report or an observation becomes final, or is changed after that.",
    triggers: ["DiagnosticReport", "Observation"].flatMap((kind) => [
      entered(kind, reported),
      { kind, on: ["update"], meets: corrected },
    ]),
  },
  {
    url: `${base}admission`,
    title: "An admission",
    description: "A stay as an inpatient begins.",
    triggers: [entered("Encounter", "status=in-progress&class=IMP,ACUTE,NONAC")],
  },
  {
    url: `${base}encounter-start`,
    title: "An encounter begins",
    description: "An encounter of any class gets into progress.",
    triggers: [entered("Encounter", "status=in-progress")],
  },
  {
    url: `${base}encounter-end`,
    title: "An encounter ends",
    description: "An encounter of any class is finished.",
    triggers: [entered("Encounter", "status=finished")],
  },
];

/** Of every type that changes are told of: the audit log has no feed. */
const ofTypes: readonly Topic[] = resourceTypes
  .filter((type) => type !== "AuditEvent")
  .map((type) => ({
    url: `${base}change:${type}`,
    title: `Any change of ${type}`,
    description: `A resource of type ${type} is created, updated or deleted.`,
    triggers: [{ kind: type, on: ["create", "update", "delete"] }],
  }));

/** Every topic that may be subscribed to. */
export const topics: readonly Topic[] = [...named, ...ofTypes];

const topicsByUrl: ReadonlyMap<string, Topic> = new Map(topics.map((topic) => [topic.url, topic]));

export function topicBy(url: string): Topic | undefined {
  return topicsByUrl.get(url);
}
