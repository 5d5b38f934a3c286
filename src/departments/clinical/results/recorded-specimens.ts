import { conflict, limits, ok, type Problem, type Result } from "#kernel";
import { type HealthRecord, parseBody, tokenKey } from "#record";
import type { DiagnosticReport, Reference, Resource, Specimen } from "#standards/fhir";
import type { Plan, PlannedResult } from "../messages/plan.ts";
import { isOfAnother, type RecordedResources } from "../messages/settle.ts";
import { identityOf, type RecordedSpecimens, reportId } from "./report-place.ts";
import { numbersOf, type SpecimenNumber, sharesSpecimen } from "./specimen-number.ts";

export interface SpecimenLook {
  readonly record: HealthRecord;
  /** What the record holds of the plan. */
  readonly recorded: RecordedResources;
  /** What is known from an earlier look. */
  readonly known: RecordedSpecimens | undefined;
}

/** What the record says of the specimens of a plan's reports. */
export type SpecimensFound =
  | { readonly is: "as-planned" }
  /** The plan is to be made again with these: some of its reports are of other specimens than those recorded. */
  | { readonly is: "other"; readonly specimens: RecordedSpecimens }
  | { readonly is: "refused"; readonly problems: readonly [Problem, ...Problem[]] };

/**
 * Compares the specimens that reports name with those of the first report that the record has of the same order and test.
 * One that names none is about the one there is; where the record has several, `specimen-not-named`. Reads nothing further
 * where the specimens are those recorded, or nothing is recorded yet. Problems: those of the record.
 */
export async function findSpecimens(plan: Plan, look: SpecimenLook): Promise<Result<SpecimensFound>> {
  const doubts = plan.flatMap((planned) => doubtOf(planned as PlannedResult, look) ?? []);
  if (doubts.length === 0) return ok({ is: "as-planned" });
  const numbers = await numbersOfReports(
    doubts.map(({ known }) => known),
    look.record,
  );
  if (!numbers.ok) return numbers;
  const others = doubts.filter(({ known, named }) => {
    const first = numbers.value(known);
    return named.length > 0 && first.length > 0 && !sharesSpecimen(first, named);
  });
  const unnamed = doubts.filter(({ known, named }) => named.length === 0 && numbers.value(known).length > 0);
  const several = await amongSeveral(unnamed, look.record);
  if (!several.ok) return several;
  const [first, ...rest] = several.value.map(notNamed);
  if (first !== undefined) return ok({ is: "refused", problems: [first, ...rest] });
  if (others.length === 0) return ok({ is: "as-planned" });
  const found = others.map(({ planned, known }) => [planned.id, numbers.value(known)] as const);
  return ok({ is: "other", specimens: new Map([...(look.known ?? []), ...found]) });
}

interface Doubt {
  readonly planned: PlannedResult;
  /** What identifies it but for specimens. */
  readonly own: NonNullable<PlannedResult["bySpecimen"]>["own"];
  readonly named: readonly SpecimenNumber[];
  /** The first report of its order and test, as recorded. */
  readonly known: DiagnosticReport;
}

/** A report that is planned as the first of its order and test, and not plainly of the specimens recorded. */
function doubtOf(planned: PlannedResult, { recorded, known: before }: SpecimenLook): Doubt | undefined {
  const { bySpecimen, id, resource } = planned;
  if (bySpecimen === undefined || id !== reportId(bySpecimen.own) || before?.has(id)) return undefined;
  const found = recorded.get(`DiagnosticReport/${id}`)?.resource;
  if (found === undefined || isOfAnother(planned, found)) return undefined;
  const known = found as Resource as unknown as DiagnosticReport;
  const has = referencesOf(known.specimen);
  const sent = new Set(referencesOf((resource as DiagnosticReport).specimen));
  const isPlain =
    bySpecimen.named.length > 0 ? has.some((each) => sent.has(each)) : has.every((each) => sent.has(each));
  return has.length === 0 || isPlain ? undefined : { planned, known, ...bySpecimen };
}

/** Of those of these that name no specimen, those whose order and test has reports of several in the record. */
async function amongSeveral(doubts: readonly Doubt[], record: HealthRecord): Promise<Result<readonly Doubt[]>> {
  const values = new Set(doubts.flatMap(({ known }) => known.identifier?.flatMap(({ value }) => value ?? []) ?? []));
  if (values.size === 0) return ok([]);
  const found = await record.search({
    kind: "DiagnosticReport",
    all: [{ is: "key", any: [...values].map((value) => tokenKey("identifier", undefined, value)) }],
    sort: { by: "updated", descending: true },
    limit: limits.pageSizeMax,
  });
  if (!found.ok) return found;
  const firsts = new Set(doubts.map(({ planned }) => planned.id));
  const reports = found.value.versions
    .filter(({ id }) => !firsts.has(id))
    .map((version) => parseBody<DiagnosticReport & { readonly id: string }>(version));
  const numbers = await numbersOfReports(reports, record);
  if (!numbers.ok) return numbers;
  const isOther = ({ own }: Doubt) =>
    reports.some((report) => {
      const named = numbers.value(report);
      return named.length > 0 && report.id === reportId(identityOf(own, named));
    });
  return ok(doubts.filter(isOther));
}

/** The numbers of the specimens of reports, in one read. */
async function numbersOfReports(reports: readonly Pick<DiagnosticReport, "specimen">[], record: HealthRecord) {
  const ids = new Set(reports.flatMap(({ specimen }) => referencesOf(specimen)));
  const keys = [...ids].map((reference) => ({ kind: "Specimen", id: reference.slice("Specimen/".length) }));
  const read = keys.length === 0 ? ok([]) : await record.readMany(keys);
  if (!read.ok) return read;
  const known = new Map(
    read.value.map((version) => [`Specimen/${version.id}`, numbersOf(parseBody<Specimen>(version).identifier)]),
  );
  return ok(({ specimen }: Pick<DiagnosticReport, "specimen">) =>
    referencesOf(specimen).flatMap((reference) => known.get(reference) ?? []),
  );
}

function referencesOf(specimens: readonly Reference[] = []): readonly string[] {
  return specimens.flatMap(({ reference }) => (reference?.startsWith("Specimen/") ? [reference] : []));
}

function notNamed({ planned: { where } }: Doubt): Problem {
  const message = "The record has this test of several specimens under this number, and none of them is named.";
  return conflict("specimen-not-named", message, { where });
}
