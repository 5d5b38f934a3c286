import { ok, type Result } from "#kernel";
import type { Clause, HealthRecord, Kind } from "#record";
import type { Anchors } from "../relationships/anchors.ts";
import { relatedParts } from "../relationships/related-clause.ts";
import type { StoredRelationship } from "../relationships/relationship.ts";
import type { ExplanationReason } from "./explain-api.ts";

export interface SourcesAsked {
  readonly record: HealthRecord;
  readonly anchors: Anchors;
  /** What the person said of themselves and still holds. */
  readonly own: readonly StoredRelationship[];
  /** Whether the patient lies on a ward of theirs. */
  readonly isOnWard: boolean;
  readonly patientId: string;
  readonly now: number;
}

const ownWords = {
  claimed: "By their own word",
  registered: "They registered the patient",
  "break-glass": "They broke the glass",
} as const;

/** By what somebody is known to care for one patient: each clause of the rule, asked of that patient alone. */
export async function relationshipSources(asked: SourcesAsked): Promise<Result<readonly ExplanationReason[]>> {
  const { record, anchors, own, isOnWard, patientId, now } = asked;
  const reasons: ExplanationReason[] = isOnWard ? [{ text: "The patient lies on a ward of theirs." }] : [];
  for (const { title, clause, from } of relatedParts(anchors, now)) {
    const by =
      from === undefined
        ? await patientMeeting(record, clause, patientId)
        : await documentNaming(record, from, patientId);
    if (!by.ok) return by;
    if (by.value !== undefined) reasons.push({ text: title, by: by.value });
  }
  for (const { basis, id, patient, until } of own) {
    if (patient !== `Patient/${patientId}`) continue;
    reasons.push({ text: `${ownWords[basis]}, until ${until}.`, by: `Relationship/${id}` });
  }
  return ok(reasons);
}

type From = NonNullable<ReturnType<typeof relatedParts>[number]["from"]>;

async function patientMeeting(
  record: HealthRecord,
  clause: Clause,
  patientId: string,
): Promise<Result<string | undefined>> {
  const found = await oneOf(record, "Patient", [{ is: "id", any: [patientId] }, clause]);
  return found.ok ? ok(found.value && `Patient/${found.value}`) : found;
}

/** The same as asking whether the patient meets the clause, from the end where few documents are. */
async function documentNaming(
  record: HealthRecord,
  { kind, parameters, all }: From,
  patientId: string,
): Promise<Result<string | undefined>> {
  const about: Clause = { is: "key", any: parameters.map((parameter) => `${parameter}=Patient/${patientId}`) };
  const found = await oneOf(record, kind, [about, ...all]);
  return found.ok ? ok(found.value && `${kind}/${found.value}`) : found;
}

async function oneOf(record: HealthRecord, kind: Kind, all: readonly Clause[]): Promise<Result<string | undefined>> {
  const page = await record.search({ kind, all, sort: { by: "updated", descending: true }, limit: 1 });
  return page.ok ? ok(page.value.versions[0]?.id) : page;
}
