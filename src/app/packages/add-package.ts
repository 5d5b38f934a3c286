import { failed, type JsonObject, ok, type Problem, type Result } from "#kernel";
import { type HealthRecord, type Key, keyText, type Operation } from "#record";
import { type FhirPackage, packageDocuments } from "#standards/fhir-profiles";
import { addedPackages, guideId, guideKind, guideOf } from "./package-guide.ts";

export interface AddNeeds {
  /** As the one who adds it may write it. */
  readonly record: HealthRecord;
  /** Leave out what the record refuses, and add the others. */
  readonly isToGoOn: boolean;
  /** Told how many resources are in the record. */
  readonly progress: (done: number, total: number) => void;
}

export interface Added {
  /** The version that was there before; undefined when the package was not. */
  readonly before?: string;
  /** New or changed. */
  readonly written: number;
  readonly unchanged: number;
  /** Of the version before, and no longer part of the package. */
  readonly removed: number;
  /** What the record did not take, with the resource and the place in words. */
  readonly refused: readonly Problem[];
  /** Packages that this one needs and that have not been added: `hl7.fhir.uv.extensions.r4 5.1.0`. */
  readonly missing: readonly string[];
}

/**
 * Puts the definitions of a package into the record, all of them or none, in place of those of another version of it. The
 * same again changes nothing. Problems: those of the record, where it is not to go on.
 */
export async function addPackage(given: FhirPackage, { record, isToGoOn, progress }: AddNeeds): Promise<Result<Added>> {
  const known = await addedPackages(record);
  if (!known.ok) return known;
  const before = known.value.find(({ name }) => name === given.name);
  const others = new Set(known.value.flatMap((each) => (each === before ? [] : each.documents.map(keyText))));
  const documents = packageDocuments(given).map(writing);
  progress(0, documents.length);
  const written = await write(documents, { given, isToGoOn, record, before: before?.documents ?? [], others });
  if (!written.ok) return written;
  progress(documents.length, documents.length);
  const names = new Set([...builtIn, ...known.value.map(({ name }) => name)]);
  const missing = Object.entries(given.dependencies).filter(([name]) => !names.has(name) && name !== given.name);
  return ok({
    ...(before === undefined ? {} : { before: before.version }),
    ...written.value,
    missing: missing.map(([name, version]) => `${name} ${version}`),
  });
}

/** What Corridor brings itself. */
const builtIn = ["hl7.fhir.r4.core", "hl7.fhir.r4.expansions"];

type Writing = Extract<Operation, { action: "update" }>;

function writing(body: JsonObject): Writing {
  return { action: "update", kind: String(body.resourceType), id: String(body.id), body };
}

interface WriteNeeds extends Pick<AddNeeds, "record" | "isToGoOn"> {
  readonly given: FhirPackage;
  /** Documents of the version before. */
  readonly before: readonly Key[];
  /** Documents that other packages have as well. */
  readonly others: ReadonlySet<string>;
}

type Written = Pick<Added, "written" | "unchanged" | "removed" | "refused">;

async function write(all: readonly Writing[], needs: WriteNeeds): Promise<Result<Written>> {
  const refused: Problem[] = [];
  let documents = all;
  for (;;) {
    const operations = [...documents, guide(documents, needs), ...leaving(documents, needs)];
    const outcomes = await needs.record.transact({ operations });
    if (outcomes.ok) {
      const effects = outcomes.value.map(({ effect }) => effect);
      const unchanged = effects.slice(0, documents.length).filter((effect) => effect === "none").length;
      const removed = effects.filter((effect) => effect === "deleted").length;
      return ok({ written: documents.length - unchanged, unchanged, removed, refused });
    }
    const faulty = new Set(outcomes.problems.map(operationIndex));
    const [first, ...rest] = outcomes.problems.map((problem) => inWords(problem, documents));
    const sound = documents.filter((_, index) => !faulty.has(index));
    if (first === undefined || !needs.isToGoOn || sound.length === documents.length || sound.length === 0)
      return first === undefined ? outcomes : failed(first, ...rest);
    refused.push(first, ...rest);
    documents = sound;
  }
}

function guide(documents: readonly Writing[], { given }: WriteNeeds): Operation {
  return { action: "update", kind: guideKind, id: guideId(given.name), body: guideOf(given, documents) };
}

/** The deletions of what only the version before had. */
function leaving(documents: readonly Writing[], { before, others }: WriteNeeds): readonly Operation[] {
  const staying = new Set(documents.map(keyText));
  return before
    .filter((key) => !staying.has(keyText(key)) && !others.has(keyText(key)))
    .map(({ kind, id }) => ({ action: "delete", kind, id }));
}

const operationPlace = /^operation\[(\d+)\](?:: )?/;

function operationIndex({ where = "" }: Problem): number {
  return Number(operationPlace.exec(where)?.[1] ?? -1);
}

function inWords(problem: Problem, documents: readonly Writing[]): Problem {
  const document = documents[operationIndex(problem)];
  if (document === undefined) return problem;
  const { where = "", ...rest } = problem;
  const place = where.replace(operationPlace, "");
  return { ...rest, message: `${keyText(document)}${place === "" ? "" : `, ${place}`}: ${problem.message}` };
}
