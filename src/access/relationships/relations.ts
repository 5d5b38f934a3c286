import { limits, ok, type Result } from "#kernel";
import type { Clause, Cursor, HealthRecord } from "#record";
import type { Actor } from "../actor.ts";
import { storedBy } from "../identity/document-schema.ts";
import { labelled, restrictedLabels, sealedLabels } from "../visibility/labels.ts";
import type { Anchors } from "./anchors.ts";
import { relatedClause } from "./related-clause.ts";
import { type Relationship, relationshipSchema, type StoredRelationship } from "./relationship.ts";

/** Whose patients somebody sees, and by what. All are ids of patients. */
export interface Relations {
  /** What they are known by: `Practitioner/1`, `CareTeam/1`. */
  readonly references: readonly string[];
  /** By what the hospital has recorded. */
  readonly recorded: ReadonlySet<string>;
  /** By their own word alone. */
  readonly claimed: ReadonlySet<string>;
  /** By a glass that they broke. */
  readonly opened: ReadonlySet<string>;
  /** Of all these, those whose whole record is sealed, and those whose whole record is restricted. */
  readonly sealed: ReadonlySet<string>;
  readonly restricted: ReadonlySet<string>;
  /** What a Patient meets who is theirs by what is recorded, where there are too many to name. */
  readonly further?: Clause;
}

export interface RelationsNeeds {
  readonly record: HealthRecord;
  readonly actor: Pick<Actor, "reference">;
  readonly anchors: Anchors;
  /** Ids of patients on the person's wards. */
  readonly onWards: readonly string[];
  readonly now: number;
}

export async function readRelations(needs: RelationsNeeds): Promise<Result<Relations>> {
  const { record, anchors, now } = needs;
  const related = relatedClause(anchors, now);
  const [treated, own] = await Promise.all([
    related === undefined ? ok<Treated>({ ids: [] }) : treatedPatients(record, related),
    ownRelationships(needs),
  ]);
  if (!treated.ok) return treated;
  if (!own.ok) return own;
  const recorded = new Set([...treated.value.ids, ...needs.onWards]);
  const idsOf = (...bases: readonly Relationship["basis"][]) =>
    new Set(
      own.value.filter(({ basis }) => bases.includes(basis)).map(({ patient }) => patient.slice("Patient/".length)),
    );
  const claimed = idsOf("claimed", "registered");
  const opened = idsOf("break-glass");
  const everybody = [...new Set([...recorded, ...claimed, ...opened])];
  const [sealed, restricted] = await Promise.all([
    labelledAmong(record, everybody, labelled("Patient", sealedLabels)),
    labelledAmong(record, everybody, labelled("Patient", restrictedLabels)),
  ]);
  if (!sealed.ok) return sealed;
  if (!restricted.ok) return restricted;
  const { further } = treated.value;
  return ok({
    references: [...anchors.practitioners, ...anchors.teams],
    recorded,
    claimed,
    opened,
    sealed: sealed.value,
    restricted: restricted.value,
    ...(further === undefined ? {} : { further }),
  });
}

interface Treated {
  readonly ids: readonly string[];
  readonly further?: Clause;
}

/** Named as far as `limits.relationshipsNamedMax`; of more, the condition says the rest. */
async function treatedPatients(record: HealthRecord, related: Clause): Promise<Result<Treated>> {
  const ids: string[] = [];
  let after: Cursor | undefined;
  do {
    const page = await record.search({
      kind: "Patient",
      all: [related],
      sort: { by: "updated", descending: true },
      limit: limits.pageSizeMax,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) return page;
    ids.push(...page.value.versions.map(({ id }) => id));
    after = page.value.next;
  } while (after !== undefined && ids.length < limits.relationshipsNamedMax);
  return ok(after === undefined ? { ids } : { ids, further: related });
}

/** The person's own word, as far as it holds now. */
export async function ownRelationships({
  record,
  actor,
  now,
}: Pick<RelationsNeeds, "record" | "actor" | "now">): Promise<Result<readonly StoredRelationship[]>> {
  const page = await record.search({
    kind: "Relationship",
    all: [
      { is: "key", any: [`actor=${actor.reference}`] },
      { is: "date", parameter: "until", any: [{ toMinMs: now }] },
    ],
    sort: { by: "updated", descending: true },
    limit: limits.pageSizeMax,
  });
  if (!page.ok) return page;
  const own = page.value.versions.map((version) => storedBy(relationshipSchema, version));
  return ok(own.filter(({ until }) => Date.parse(until) > now));
}

async function labelledAmong(
  record: HealthRecord,
  ids: readonly string[],
  labels: Clause,
): Promise<Result<ReadonlySet<string>>> {
  const found = new Set<string>();
  for (let start = 0; start < ids.length; start += limits.pageSizeMax) {
    const page = await record.search({
      kind: "Patient",
      all: [{ is: "id", any: ids.slice(start, start + limits.pageSizeMax) }, labels],
      sort: { by: "updated", descending: true },
      limit: limits.pageSizeMax,
    });
    if (!page.ok) return page;
    for (const { id } of page.value.versions) found.add(id);
  }
  return ok(found);
}
