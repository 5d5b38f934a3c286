import { expectOk, failed, incorrect, type JsonObject, notFound, ok, type Result } from "#kernel";
import { isResourceType, parseReference } from "#standards/fhir";
import type { Key, Version } from "../../../documents/document.ts";
import { parseJson } from "../../../documents/json-text.ts";
import type { HealthRecord } from "../../../health-record.ts";
import type { Answer } from "../../answer.ts";
import { objectText } from "../../bundle-text.ts";
import type { FhirContext } from "../../context.ts";
import { readCurrent, readWritten } from "../current.ts";
import { missingOf } from "../given.ts";
import { givenText, type Invocation, type Operation } from "../operation.ts";
import { differences } from "./difference.ts";

const versions = "a version of this resource, by its number";

/** Corridor's own: R4 has none. Its answer, taken as a FHIRPath Patch, makes the one of the other. */
export const diffOperation: Operation = {
  code: "diff",
  title: "What differs between two versions or two resources",
  description:
    "What makes one version or resource of another, as the operations of a FHIRPath Patch, each with the value before. Of a " +
    "resource: from the version before to the newest, or as from and to say by number; of the whole server: as they say by reference.",
  levels: ["system", "instance", "version"],
  affectsState: false,
  parameters: [
    { name: "from", type: "string", documentation: `What is started from: ${versions}, or a reference` },
    { name: "to", type: "string", documentation: `What is arrived at: ${versions}, or a reference` },
  ],
  run: diff,
};

async function diff(invocation: Invocation, { record }: FhirContext): Promise<Result<Answer>> {
  const { id } = invocation;
  const both = await (id === "" ? ofReferences(invocation, record) : ofVersions(invocation, record));
  if (!both.ok) return both;
  const [from, to] = both.value;
  const operations = differences(to.kind, bodyOf(from), bodyOf(to));
  const parameter = operations.length === 0 ? undefined : `[${operations.join(",")}]`;
  return ok({ status: 200, body: objectText({ resourceType: '"Parameters"', parameter }) });
}

type Both = readonly [from: Version, to: Version];

/** Of one resource. The version before a deletion counts as the one before what was put in its place. */
async function ofVersions({ type: kind, id, version, given }: Invocation, record: HealthRecord): Promise<Result<Both>> {
  const [fromText, toText] = [givenText(given, "from"), givenText(given, "to")];
  if (version !== "" && toText !== undefined) {
    return failed(incorrect("wrong-search-value", "The address names the version to arrive at.", { where: "to" }));
  }
  const wanted = toText ?? (version === "" ? undefined : version);
  const to =
    wanted === undefined ? await readCurrent(record, kind, id) : await readWritten(record, { kind, id }, wanted);
  if (!to.ok) return to;
  const from = await (fromText === undefined ? before(record, to.value) : readWritten(record, { kind, id }, fromText));
  return from.ok ? ok([from.value, to.value]) : from;
}

async function before(record: HealthRecord, { kind, id, version }: Version): Promise<Result<Version>> {
  for (let number = version - 1; number > 0 && number >= version - 2; number -= 1) {
    const found = await readWritten(record, { kind, id }, String(number));
    if (found.ok || found.problems[0].category !== "not-found") return found;
  }
  return failed(notFound("not-found", `${kind}/${id} has no version before ${version}.`));
}

async function ofReferences({ given, asked }: Invocation, record: HealthRecord): Promise<Result<Both>> {
  const [fromText, toText] = [givenText(given, "from"), givenText(given, "to")];
  if (fromText === undefined || toText === undefined)
    return missingOf("from", "$diff needs what to compare: from and to.");
  const from = await readNamed(record, fromText, asked.base);
  if (!from.ok) return from;
  const to = await readNamed(record, toText, asked.base);
  if (!to.ok) return to;
  if (from.value.kind === to.value.kind) return ok([from.value, to.value]);
  return failed(incorrect("wrong-kind", "Only resources of one type are compared.", { where: "to" }));
}

async function readNamed(record: HealthRecord, text: string, base: string): Promise<Result<Version>> {
  const reference = parseReference(text);
  const isOwn = reference !== undefined && (reference.base === undefined || reference.base === base);
  if (!isOwn || !isResourceType(reference.type)) {
    return failed(incorrect("wrong-search-value", "A reference must be written Type/id or Type/id/_history/version."));
  }
  const key: Key = { kind: reference.type, id: reference.id };
  return reference.version === undefined
    ? readCurrent(record, key.kind, key.id)
    : readWritten(record, key, reference.version);
}

function bodyOf({ body }: Version): JsonObject {
  return expectOk(parseJson(body, Number.POSITIVE_INFINITY)) as JsonObject;
}
