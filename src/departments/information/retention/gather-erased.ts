import { conflict, failed, type JsonObject, limits, ok, type Result } from "#kernel";
import { type HealthRecord, type Key, keyText, parseBody, type Version } from "#record";
import { heldAbout } from "../pack/held.ts";
import { type Gathering, keptBesideOf } from "./kept-beside.ts";
import { named, searched } from "./searched.ts";

/** What stands in the record of one patient, and goes with it. */
export interface Gathered {
  /** The patient, and those whose numbers were given up for the patient's: `Patient/7c…`. */
  readonly patients: readonly string[];
  /** Everything but the patients themselves: they go last, as until then what is left can be found. */
  readonly documents: readonly Version[];
  /** By kind: documents that are about others too, and stay. */
  readonly shared: Readonly<Record<string, number>>;
}

/** Problems: conflict `too-many-documents`; those of the record. */
export async function gatherErased(record: HealthRecord, patient: string): Promise<Result<Gathered>> {
  const patients = await onePerson(record, patient);
  if (!patients.ok) return patients;
  const gathering: Gathering = { patients: new Set(patients.value), documents: new Map(), shared: new Map() };
  for (const each of patients.value) {
    for await (const page of heldAbout(record, each.slice("Patient/".length))) {
      if (!page.ok) return page;
      for (const version of page.value) sort(version, gathering);
      if (gathering.documents.size > limits.erasureDocumentsMax) return failed(tooMany);
    }
  }
  const beside = await keptBesideOf(record, gathering);
  if (!beside.ok) return beside;
  return ok({
    patients: patients.value,
    documents: [...gathering.documents.values()],
    shared: Object.fromEntries([...gathering.shared].map(([kind, keys]) => [kind, keys.size])),
  });
}

/** A document that names another patient is that patient's too. */
function sort(version: Version, { patients, documents, shared }: Gathering): void {
  const isShared = version.kind !== "LinkMessage" && patientsIn(version.body).some((each) => !patients.has(each));
  if (version.kind === "Patient" && patients.has(keyText(version))) return;
  if (!isShared) documents.set(keyText(version), version);
  else shared.set(version.kind, (shared.get(version.kind) ?? new Set()).add(version.id));
}

function patientsIn(body: string): readonly string[] {
  return [...body.matchAll(/"(?:[^"\s]*\/)?(Patient\/[A-Za-z0-9\-.]{1,64})(?:\/_history\/[^"]*)?"/g)].flatMap(
    ([, reference]) => reference ?? [],
  );
}

/** Nobody when the patient is gone already. */
async function onePerson(record: HealthRecord, patient: string): Promise<Result<readonly string[]>> {
  const standing = await record.readMany([{ kind: "Patient", id: patient.slice("Patient/".length) }]);
  if (!standing.ok) return standing;
  const found = standing.value.length === 0 ? [] : [patient];
  for (const each of found) {
    const replaced = await searched(record, "Patient", [`link=${each}`]);
    if (!replaced.ok) return replaced;
    for (const version of replaced.value) {
      const { link } = parseBody<{ readonly link?: readonly JsonObject[] }>(version);
      const isOne = link?.some(({ type, other }) => type === "replaced-by" && named(other) === each) ?? false;
      if (isOne && !found.includes(keyText(version))) found.push(keyText(version));
    }
  }
  return ok(found);
}

/** Whether the last state of a document that was deleted before is about nobody but these. */
export async function isAboutNobodyElse(
  record: HealthRecord,
  key: Key,
  patients: readonly string[],
): Promise<Result<boolean>> {
  const history = await record.history({ ...key, limit: 2 });
  if (!history.ok) return history;
  const last = history.value.versions.find(({ action }) => action !== "delete");
  return ok(last === undefined || patientsIn(last.body).every((each) => patients.includes(each)));
}

const tooMany = conflict(
  "too-many-documents",
  `The record has more than ${limits.erasureDocumentsMax} documents: ask whoever keeps Corridor.`,
);
