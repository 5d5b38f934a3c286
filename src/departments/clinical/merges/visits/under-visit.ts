import { may } from "#access";
import { isJsonObject, type Json, type JsonObject, ok, type Result } from "#kernel";
import { type HealthRecord, parseBody, type Version } from "#record";
import { compartmentMembers } from "#standards/fhir";
import { mergesActor } from "../subordinates.ts";

const kinds = compartmentMembers("Encounter").filter(
  ({ type }) => type !== "Encounter" && may(mergesActor, type, "update"),
);

/** What such a resource speaks of, where that is of the same patient: specimens and orders go where their results go. */
const companions: ReadonlySet<string> = new Set(["Specimen", "ServiceRequest", "Observation", "DiagnosticReport"]);

/** From a report to its result, to what that was measured on. */
const stepsMax = 2;

/** What is recorded under a visit, and what that speaks of, at most `limit` and one more. Problems: those of the record. */
export async function underVisit(
  record: HealthRecord,
  visit: string,
  { patient, limit }: { readonly patient: string; readonly limit: number },
): Promise<Result<readonly Version[]>> {
  const found = new Map<string, Version>();
  for (const { type, parameters } of kinds) {
    const any = parameters.map((name) => `${name}=${visit}`);
    const sort = { by: "updated", descending: false } as const;
    const page = await record.search({ kind: type, all: [{ is: "key", any }], sort, limit: limit + 1 });
    if (!page.ok) return page;
    for (const version of page.value.versions) found.set(`${version.kind}/${version.id}`, version);
    if (found.size > limit) return ok([...found.values()]);
  }
  for (let step = 0; step < stepsMax; step += 1) {
    const wanted = [...found.values()].flatMap(referencesIn).filter((each) => !found.has(each));
    if (wanted.length === 0) break;
    const read = await record.readMany([...new Set(wanted)].map(keyOf));
    if (!read.ok) return read;
    for (const version of read.value) if (isOf(version, patient)) found.set(`${version.kind}/${version.id}`, version);
  }
  return ok([...found.values()]);
}

function keyOf(reference: string) {
  const [kind = "", id = ""] = reference.split("/");
  return { kind, id };
}

/** Only what stands under no other visit. */
function isOf(version: Version, patient: string): boolean {
  const { subject, encounter } = parseBody<JsonObject>(version);
  return isJsonObject(subject) && subject.reference === patient && encounter === undefined;
}

function referencesIn(version: Version): readonly string[] {
  const found: string[] = [];
  const walk = (value: Json): void => {
    if (isJsonObject(value)) {
      const { reference } = value;
      if (typeof reference === "string" && companions.has(reference.split("/")[0] ?? "")) found.push(reference);
    }
    const members = Array.isArray(value) ? value : isJsonObject(value) ? Object.values(value) : [];
    for (const member of members) walk(member as Json);
  };
  walk(parseBody<JsonObject>(version));
  return found;
}
