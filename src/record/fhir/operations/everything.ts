import { limits, ok, type Result } from "#kernel";
import { farFutureMs, farPastMs, parseDateTime } from "#standards/fhir";
import type { Version } from "../../documents/document.ts";
import type { Clause, Cursor, Query } from "../../documents/query.ts";
import type { HealthRecord } from "../../health-record.ts";
import type { Answer } from "../answer.ts";
import type { FhirContext } from "../context.ts";
import { presenceBit } from "../fhir-entries.ts";
import { readCursor } from "../search/cursor.ts";
import type { Found } from "../search-results/found-version.ts";
import { tooManyIncluded } from "../search-results/included.ts";
import { mergedPage } from "../search-results/merged-search.ts";
import { referredTo } from "../search-results/references.ts";
import { type ScopedType, typesIn, wholeCompartment } from "../search-results/scope.ts";
import { searchset } from "../search-results/searchset.ts";
import { careDateOf } from "./care-date.ts";
import { readCurrent } from "./current.ts";
import {
  givenNumber,
  givenText,
  givenTexts,
  type Invocation,
  type Operation,
  type OperationParameter,
  usedParameters,
} from "./operation.ts";

const shared: readonly OperationParameter[] = [
  { name: "_since", type: "instant", documentation: "Only what was changed at that time or later" },
  { name: "_type", type: "string", isRepeated: true, documentation: "Only these types, with commas between them" },
  { name: "_count", type: "positiveInt", documentation: "How many of the compartment on one page" },
  { name: "_cursor", type: "string", documentation: "Where the page before ended: from its next link" },
];

const careDates: readonly OperationParameter[] = [
  { name: "start", type: "date", documentation: "Only care at that date or later" },
  { name: "end", type: "date", documentation: "Only care at that date or earlier" },
];

/** Source: FHIR R4 OperationDefinition/Patient-everything. */
export const patientEverything: Operation = {
  code: "everything",
  title: "Everything about a patient",
  description: "The patient, all that is in the patient's compartment, and what that refers to.",
  types: ["Patient"],
  levels: ["instance"],
  affectsState: false,
  definition: "http://hl7.org/fhir/OperationDefinition/Patient-everything",
  parameters: [...careDates, ...shared],
  run: everything,
};

/** Source: FHIR R4 OperationDefinition/Encounter-everything. */
export const encounterEverything: Operation = {
  code: "everything",
  title: "Everything about an encounter",
  description: "The encounter, all that is in its compartment, and what that refers to.",
  types: ["Encounter"],
  levels: ["instance"],
  affectsState: false,
  definition: "http://hl7.org/fhir/OperationDefinition/Encounter-everything",
  parameters: shared,
  run: everything,
};

/** The resource itself comes first, and what is referred to with the page that refers to it. */
async function everything(invocation: Invocation, { record }: FhirContext): Promise<Result<Answer>> {
  const { asked, type, id, given } = invocation;
  const { base } = asked;
  const types = typesIn(givenTexts(given, "_type"));
  if (!types.ok) return types;
  const isWanted = (kind: string) => types.value.length === 0 || types.value.includes(kind);
  const used = usedParameters(given);
  const text = givenText(given, "_cursor");
  const after = text === undefined ? ok(undefined) : readCursor(text, used);
  if (!after.ok) return after;
  const center = await readCurrent(record, type, id);
  if (!center.ok) return center;
  const members = wholeCompartment({ kind: type, id, base })?.types ?? [];
  const queries = members
    .filter((member) => isWanted(member.type))
    .map((member) => queryFor(member, invocation, after.value));
  const page = await mergedPage(record, { queries, isOpen: true, isUnnamed: true });
  if (!page.ok) return page;
  const isFirst = after.value === undefined || (after.value.isBackward === true && page.value.previous === undefined);
  const versions = isFirst && isWanted(type) ? [center.value, ...page.value.versions] : page.value.versions;
  // What is of the compartment comes by itself.
  const others = (kind: string) => isWanted(kind) && kind !== type && !members.some((member) => member.type === kind);
  const included = await referredToBy([...new Set([center.value, ...versions])], { record, base, others });
  if (!included.ok) return included;
  const found = {
    matches: { ...page.value, versions },
    ...included.value,
    total: isFirst && page.value.next === undefined ? versions.length : undefined,
  };
  const address = { base, path: `${type}/${id}/$everything`, used, marked: used };
  return ok({ status: 200, body: searchset({ found, settings: { elements: [], summary: undefined }, address }) });
}

interface ReferredNeeds {
  readonly record: HealthRecord;
  readonly base: string;
  /** Which kinds are wanted. */
  readonly others: (kind: string) => boolean;
}

type Referred = Pick<Found, "included" | "problems">;

async function referredToBy(versions: readonly Version[], needs: ReferredNeeds): Promise<Result<Referred>> {
  const keys = referredTo(versions, needs.base).filter(({ kind }) => needs.others(kind));
  const [wanted, isWhole] = [keys.slice(0, limits.searchIncludedMax), keys.length <= limits.searchIncludedMax];
  const read = wanted.length === 0 ? ok([]) : await needs.record.readMany(wanted);
  return read.ok ? ok({ included: read.value, problems: isWhole ? [] : [tooManyIncluded] }) : read;
}

function queryFor({ type, within }: ScopedType, { given }: Invocation, after: Cursor | undefined): Query {
  const since = givenText(given, "_since");
  const sinceMs = since === undefined ? undefined : parseDateTime(since)?.fromMs;
  const care = careClause(type, givenText(given, "start"), givenText(given, "end"));
  const all: Clause[] = within === undefined ? [] : [within];
  if (sinceMs !== undefined) all.push({ is: "updated", any: [{ minMs: sinceMs }] });
  if (care !== undefined) all.push(care);
  const limit = Math.min(givenNumber(given, "_count") ?? limits.pageSizeMax, limits.pageSizeMax);
  const query: Query = { kind: type, all, sort: { by: "updated", descending: true }, limit };
  return after === undefined ? query : { ...query, after };
}

/**
 * Care that took place between two dates, both of them included, or of which nobody says when; a type without such a time
 * is not narrowed.
 */
function careClause(type: string, start: string | undefined, end: string | undefined): Clause | undefined {
  const parameter = careDateOf(type);
  if (parameter === undefined || (start === undefined && end === undefined)) return undefined;
  const fromMs = start === undefined ? farPastMs : (parseDateTime(start)?.fromMs ?? farPastMs);
  const toMs = end === undefined ? farFutureMs : (parseDateTime(end)?.toMs ?? farFutureMs);
  const between: Clause = { is: "date", parameter, any: [{ toMinMs: fromMs + 1, fromMaxMs: toMs - 1 }] };
  return {
    is: "any",
    of: [between, { is: "not", of: { is: "present", parameter, bits: presenceBit(type, parameter) } }],
  };
}
