import { type Context, placeInRecord, readCursor, writeCursor } from "#access";
import { limits, ok, type Result } from "#kernel";
import { type Clause, parseBody, type Version } from "#record";
import type { Patient } from "#standards/fhir";
import { addMonths } from "../clock/civil-day.ts";
import type { GovernanceItem } from "../items/item.ts";
import { decisionOf, disposalKind } from "./disposal.ts";
import { knownDisposal } from "./disposal-store.ts";
import type { Erasing } from "./erasing.ts";
import { contactKinds, patientFacts } from "./patient-facts.ts";
import { retentionOf, shortestYears } from "./retention-rules.ts";
import type { DisposalView, RetentionPage, RetentionRow } from "./retention-view.ts";
import { holdsInForce } from "./what-stops.ts";

/** Patients who have had no care for the shortest time that records are kept, with what keeps each. */
export async function fetchRetention(
  context: Context,
  { own, erasing }: { readonly own: Context; readonly erasing: Pick<Erasing, "progress"> },
  { after }: { readonly after?: string | undefined },
): Promise<Result<RetentionPage>> {
  const place = readCursor(after, placeInRecord);
  if (!place.ok) return place;
  const holds = await holdsInForce(context);
  if (!holds.ok) return holds;
  const found = await own.record.search({
    kind: "Patient",
    all: withoutCareSince(context),
    sort: { by: "updated", descending: false },
    limit: limits.retentionRowsMax,
    ...(place.value === undefined ? {} : { after: place.value }),
  });
  if (!found.ok) return found;
  const rows: RetentionRow[] = [];
  for (const version of found.value.versions) {
    const row = await rowOf({ context, own, holds: holds.value }, version);
    if (!row.ok) return row;
    if (row.value !== undefined) rows.push(row.value);
  }
  const disposals = await fetchDisposals(context, erasing);
  if (!disposals.ok) return disposals;
  const { next } = found.value;
  return ok({ rows, disposals: disposals.value, ...(next === undefined ? {} : { next: writeCursor(next) }) });
}

function withoutCareSince({ clock, hospitalTime }: Context): readonly Clause[] {
  const cutoffMs = hospitalTime.startOfDay(addMonths(hospitalTime.day(clock.now()), -12 * shortestYears));
  return contactKinds.map(([kind, date]): Clause => {
    const since: Clause = { is: "date", parameter: date, any: [{ toMinMs: cutoffMs }] };
    return { is: "not", of: { is: "referred", from: kind, parameters: ["patient"], all: [since] } };
  });
}

export interface Rowing {
  readonly context: Context;
  readonly own: Context;
  readonly holds: readonly GovernanceItem[];
}

/** Undefined for one of whom the record knows no care: there is nothing to count from. */
export async function rowOf(
  { context, own, holds }: Rowing,
  version: Version,
): Promise<Result<RetentionRow | undefined>> {
  const facts = await patientFacts(own, version);
  if (!facts.ok) return facts;
  if (facts.value === undefined) return ok(undefined);
  const patient = `Patient/${version.id}`;
  const { name, birthDate } = parseBody<Patient>(version);
  const [first] = name ?? [];
  const retention = retentionOf(facts.value);
  const hold = holds.find((each) => each.patient === undefined || each.patient === patient);
  const isDue = retention.until <= context.hospitalTime.day(context.clock.now());
  return ok({
    patient,
    name: [first?.family?.toUpperCase(), first?.given?.join(" ")].filter((part) => part !== undefined).join(", "),
    ...(birthDate === undefined ? {} : { birthDate }),
    lastContact: facts.value.lastContact,
    ...retention,
    state: hold !== undefined ? "held" : isDue ? "due" : "kept",
    ...(hold === undefined ? {} : { hold: hold.reference }),
  });
}

async function fetchDisposals(
  { record }: Context,
  erasing: Pick<Erasing, "progress">,
): Promise<Result<readonly DisposalView[]>> {
  const found = await record.search({
    kind: disposalKind,
    all: [],
    sort: { by: "updated", descending: true },
    limit: limits.governancePageMax,
  });
  if (!found.ok) return found;
  const views: DisposalView[] = [];
  for (const version of found.value.versions) {
    const { id, disposal } = knownDisposal(version);
    const progress = disposal.state === "agreed" ? await erasing.progress(decisionOf(id)) : ok(undefined);
    if (!progress.ok) return progress;
    const { documents } = progress.value ?? {};
    views.push({ id, ...disposal, ...(documents === undefined ? {} : { progress: documents }) });
  }
  return ok(views);
}
