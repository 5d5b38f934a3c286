import { isJsonObject, type JsonObject } from "#kernel";
import { parseBody, type Version } from "#record";
import { chartKinds } from "../api.ts";
import { linkMessageKind } from "../messages/link-message.ts";
import { linkAlertKind } from "../watch/link-alert.ts";

/** What a live stream is about: one patient's chart, or everything that comes over the links. */
export type Topic = `Patient/${string}` | "messages";

/** What comes over the links, and what should have come. */
const messageKinds: readonly string[] = [linkMessageKind, linkAlertKind];

const chartKindSet: ReadonlySet<string> = new Set(chartKinds);

/** Kinds whose changes are told under a topic. */
export function kindsOf(topic: Topic): readonly string[] {
  return topic === "messages" ? messageKinds : chartKinds;
}

export function isWatched(kind: string): boolean {
  return messageKinds.includes(kind) || chartKindSet.has(kind);
}

/** The topic that a version belongs to; undefined for kinds that nobody watches, and for a deletion (it has no body). */
export function topicOf(version: Version): Topic | undefined {
  if (messageKinds.includes(version.kind)) return "messages";
  if (version.kind === "Patient") return `Patient/${version.id}`;
  if (!chartKindSet.has(version.kind) || version.action === "delete") return undefined;
  return patientOf(parseBody<JsonObject>(version));
}

function patientOf(body: JsonObject): Topic | undefined {
  const subject = body.subject ?? body.patient;
  const reference = isJsonObject(subject) ? subject.reference : undefined;
  const id =
    typeof reference === "string" ? /(?:^|\/)Patient\/([A-Za-z0-9\-.]{1,64})$/.exec(reference)?.[1] : undefined;
  return id === undefined ? undefined : `Patient/${id}`;
}
