import { failed, type Instant, incorrect, ok, type Result, unsupported } from "#kernel";
import { isResourceType, isResultParameter } from "#standards/fhir";
import type { Clause } from "../documents/clause.ts";
import type { Kind } from "../documents/document.ts";
import { readSearch } from "../fhir/search/search-request.ts";

/** A search that single documents are compared with. */
export interface Criterion {
  readonly kind: Kind;
  /** Empty: every document of the kind. */
  readonly all: readonly Clause[];
}

export interface CriterionNeeds {
  /** The address of this server, under which its own resources may be named. */
  readonly base: string | undefined;
  readonly now: Instant;
}

/**
 * Reads `Observation?code=1234`. Problems: incorrect `wrong-criteria`, for a text that is no search of a type, or that says
 * how to answer; unsupported `unsupported-criteria` for the audit log; those of `readSearch`.
 */
export function readCriterion(text: string, { base, now }: CriterionNeeds): Result<Criterion> {
  const mark = text.indexOf("?");
  const kind = mark === -1 ? text : text.slice(0, mark);
  if (!isResourceType(kind)) return failed(noSearch);
  if (kind === "AuditEvent") return failed(auditLog);
  const parameters = new URLSearchParams(mark === -1 ? "" : text.slice(mark + 1));
  if ([...parameters.keys()].some((name) => isResultParameter(name) || name === "_format"))
    return failed(notACondition);
  const read = readSearch({ type: kind, parameters, base, now, isLenient: false });
  return read.ok ? ok({ kind, all: read.value.query.all }) : read;
}

const where = { where: "Subscription.criteria" };
const noSearch = incorrect("wrong-criteria", "Criteria are a resource type, a question mark and a search.", where);
const notACondition = incorrect(
  "wrong-criteria",
  "Criteria are conditions; parameters that say how to answer do not belong into them.",
  where,
);
const auditLog = unsupported("unsupported-criteria", "There are no subscriptions to the audit log.", where);
