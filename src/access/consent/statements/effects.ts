import { type JsonObject, limits, ok, type Result } from "#kernel";
import { type HealthRecord, indexEntriesOf, type Kind } from "#record";
import { may, personActor } from "../../actor.ts";
import type { ConsentEffectView } from "../../consent-api.ts";
import { roleNames, roles } from "../../roles/index.ts";
import { askerOf } from "../consent-rule.ts";
import { deniedPart } from "../denied-part.ts";
import { type Found, isInPart } from "../is-in-part.ts";
import { concernedClause } from "../part-clause.ts";
import { readTerms } from "../read-terms.ts";
import { subjectKinds } from "./consent-of.ts";

const kinds: readonly Kind[] = ["Patient", ...new Set(Object.values(subjectKinds).flat())];

export interface EffectsAsked {
  readonly record: HealthRecord;
  /** `Patient/1` */
  readonly patient: string;
  readonly consent: JsonObject;
  readonly nowMs: number;
}

/**
 * Who would no longer see what, were the Consent saved: of the newest `limits.pageSizeMax` documents of each kind that the
 * reader sees themselves. By the evaluator alone, nothing is written. Problems: of reading.
 */
export async function effectsOf({
  record,
  patient,
  consent,
  nowMs,
}: EffectsAsked): Promise<Result<readonly ConsentEffectView[]>> {
  const terms = readTerms(consent)?.terms;
  if (terms === undefined) return ok([]);
  const documents = await documentsOf(record, patient);
  if (!documents.ok) return documents;
  const effects: ConsentEffectView[] = [];
  for (const role of roleNames) {
    const actor = personActor({ reference: "User/-", display: "", roles: [role] });
    const part = deniedPart([terms], askerOf(actor, { references: [] }), nowMs);
    const closed = documents.value.flatMap(({ kind, found }) => {
      if (!may(actor, kind, "read")) return [];
      const count = found.filter((each) => isInPart(each, part, () => [])).length;
      return count === 0 ? [] : [{ kind, count, of: found.length }];
    });
    if (closed.length > 0) effects.push({ role: roles[role].title, closed });
  }
  return ok(effects);
}

interface OfKind {
  readonly kind: Kind;
  readonly found: readonly Found[];
}

async function documentsOf(record: HealthRecord, patient: string): Promise<Result<readonly OfKind[]>> {
  const all: OfKind[] = [];
  for (const kind of kinds) {
    const page = await record.search({
      kind,
      all: [concernedClause(kind, [patient])],
      sort: { by: "updated", descending: true },
      limit: limits.pageSizeMax,
    });
    if (!page.ok && page.problems[0].category === "forbidden") continue;
    if (!page.ok) return page;
    const found = page.value.versions.map(({ id, body }) => ({
      kind,
      id,
      entries: indexEntriesOf(kind, JSON.parse(body)),
    }));
    if (found.length > 0) all.push({ kind, found });
  }
  return ok(all);
}
