import type { Context } from "#access";
import { isJsonObject, type Json, type JsonObject, ok, type Result } from "#kernel";
import { parseBody, type Version } from "#record";
import { type CareClass, classOfDiagnosis, classOfTreatmentFunction, type RetentionFacts } from "./retention-rules.ts";

/** What counts as care, with the search parameter of its time. */
export const contactKinds = [
  ["Encounter", "date"],
  ["DiagnosticReport", "date"],
  ["Observation", "date"],
  ["DocumentReference", "date"],
] as const;

const staysLookedAt = 200;

/** What the record says of one patient; undefined where it knows of no care at all. Problems: those of the record. */
export async function patientFacts(
  { record, hospitalTime }: Pick<Context, "record" | "hospitalTime">,
  patient: Version,
): Promise<Result<RetentionFacts | undefined>> {
  const last: string[] = [];
  const keys = { is: "key", any: [`patient=Patient/${patient.id}`] } as const;
  for (const [kind, date] of contactKinds) {
    const sort = { by: { date }, descending: true } as const;
    const found = await record.search({ kind, all: [keys], sort, limit: 1 });
    if (!found.ok) return found;
    last.push(...found.value.versions.flatMap((version) => lastMoment(parseBody<JsonObject>(version))));
  }
  if (last.length === 0) return ok(undefined);
  const classes = await classesOf(record, keys);
  if (!classes.ok) return classes;
  const { birthDate, deceasedDateTime } = parseBody<JsonObject>(patient);
  const dayOf = (text: string) => (text.length <= 10 ? wholeDay(text) : hospitalTime.local(Date.parse(text)).date);
  return ok({
    lastContact: last.map(dayOf).sort().at(-1) ?? "",
    classes: classes.value,
    ...(typeof birthDate === "string" ? { birthDay: wholeDay(birthDate) } : {}),
    ...(typeof deceasedDateTime === "string" ? { deathDay: dayOf(deceasedDateTime) } : {}),
  });
}

/** A year or month alone counts to its end: nothing goes too early. */
export function wholeDay(text: string): string {
  if (text.length === 4) return `${text}-12-31`;
  return text.length === 7 ? `${text}-28` : text;
}

function lastMoment({ period, effectiveDateTime, effectivePeriod, issued, date }: JsonObject): readonly string[] {
  const span = isJsonObject(period) ? period : isJsonObject(effectivePeriod) ? effectivePeriod : {};
  return [span.end, span.start, effectiveDateTime, issued, date].filter((each) => typeof each === "string").slice(0, 1);
}

async function classesOf(
  record: Context["record"],
  keys: { readonly is: "key"; readonly any: readonly string[] },
): Promise<Result<readonly CareClass[]>> {
  const classes = new Set<CareClass>();
  for (const [kind, classOf] of [
    ["Encounter", classOfTreatmentFunction],
    ["Condition", classOfDiagnosis],
  ] as const) {
    const found = await record.search({
      kind,
      all: [keys],
      sort: { by: "updated", descending: true },
      limit: staysLookedAt,
    });
    if (!found.ok) return found;
    for (const version of found.value.versions) {
      const { serviceType, type, code } = parseBody<JsonObject>(version);
      for (const each of [serviceType, type, code].flatMap((value) => codesIn(value ?? null))) {
        const found = classOf(each);
        if (found !== undefined) classes.add(found);
      }
    }
  }
  return ok([...classes]);
}

function codesIn(value: Json): readonly string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(codesIn);
  if (!isJsonObject(value)) return [];
  if (Array.isArray(value.coding)) return codesIn(value.coding);
  return typeof value.code === "string" ? [value.code] : [];
}
