import { failed, incorrect, isJsonObject, type Json, type JsonObject, ok, type Result } from "#kernel";
import { isResourceType } from "#standards/fhir";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import type { FhirContext } from "../context.ts";
import { givenParameters } from "../operations/given.ts";
import { type Given, givenText, givenTexts, type Operation } from "../operations/operation.ts";
import type { DeidentifiedAs } from "./deidentified.ts";
import { checkOutputFormat, type ExportOrder, exportOrder } from "./export-order.ts";
import type { ImportSource, JobActor, Task } from "./job.ts";
import type { BulkJobs } from "./jobs.ts";
import type { BulkOperation } from "./operations.ts";

export interface BulkDoor {
  readonly jobs: BulkJobs;
  /** The caller, with all that is needed to go on in their name. */
  readonly actorOf: (context: FhirContext) => JobActor;
  /** What must be done before the caller may export anything; absent: nothing. */
  readonly mayExport?: (context: FhirContext) => Promise<Result<undefined>>;
}

export type BulkLevel = "system" | "patients" | "group";

/** Begins an export. Source: Bulk Data Access 2.0 (bulk data kick-off request). */
export async function kickOffExport(
  { door, level, operation }: { door: BulkDoor; level: BulkLevel; operation: BulkOperation },
  asked: Asked,
  context: FhirContext,
): Promise<Result<Answer>> {
  if (!asked.prefer.isAsync) return failed(notAsync);
  const declared = { ...operation, run: neverRun } satisfies Operation;
  const given = givenParameters(declared, asked.prefer.isLenient ? knownOnly(declared, asked) : asked);
  if (!given.ok) return given;
  const may = (await door.mayExport?.(context)) ?? ok(undefined);
  if (!may.ok) return may;
  const of = await scopeOf(level, asked, context);
  if (!of.ok) return of;
  const masking = deidentifiedIn(given.value.given);
  if (!masking.ok) return masking;
  const possible = masking.value === undefined ? ok(undefined) : door.jobs.checkDeidentified(masking.value);
  if (!possible.ok) return possible;
  const order = orderOf(given.value.given, { of: of.value, deidentified: masking.value }, context);
  if (!order.ok) return order;
  const task: Task = { does: "export", order: order.value, typesLeft: order.value.types };
  return submitted({ door, id: door.jobs.newId(), task }, asked, context);
}

const neverRun = () => Promise.resolve(failed(notAsync));

/** Problems: incorrect, for one of the two without the other. */
function deidentifiedIn(given: Given): Result<DeidentifiedAs | undefined> {
  const [rules, project] = [givenText(given, "_deidentify"), givenText(given, "_project")];
  if (rules === undefined && project === undefined) return ok(undefined);
  return rules === undefined || project === undefined ? failed(halfAsked) : ok({ rules, project });
}

function orderOf(
  given: Given,
  { of, deidentified }: { readonly of: ExportOrder["of"]; readonly deidentified: DeidentifiedAs | undefined },
  { clock }: FhirContext,
): Result<ExportOrder> {
  const format = checkOutputFormat(givenText(given, "_outputFormat"));
  if (!format.ok) return format;
  return exportOrder({
    of,
    types: givenTexts(given, "_type"),
    since: givenText(given, "_since"),
    typeFilters: givenTexts(given, "_typeFilter"),
    elements: givenTexts(given, "_elements"),
    ...(deidentified === undefined ? {} : { deidentified }),
    now: clock.now(),
  });
}

/** Who is lenient has parameters that are not known passed over. */
function knownOnly({ parameters }: Operation, asked: Asked): Asked {
  const query = new URLSearchParams(
    [...asked.query].filter(([name]) => parameters.some((known) => known.name === name)),
  );
  return { ...asked, query };
}

async function scopeOf(
  level: BulkLevel,
  { params }: Asked,
  { record }: FhirContext,
): Promise<Result<ExportOrder["of"]>> {
  if (level !== "group") return ok(level);
  const group = await record.read("Group", params.id ?? "");
  return group.ok ? ok({ group: group.value.id, version: group.value.version }) : group;
}

interface Submitting {
  readonly door: BulkDoor;
  readonly id: string;
  readonly task: Task;
}

async function submitted({ door, id, task }: Submitting, asked: Asked, context: FhirContext): Promise<Result<Answer>> {
  const { base, query } = asked;
  const search = query.size === 0 ? "" : `?${query}`;
  const request = `${base}/${pathOf(task, asked)}$${task.does}${search}`;
  const actor = door.actorOf(context);
  const done = await door.jobs.submit({ id, task, actor, request, base });
  if (!done.ok) return done;
  return ok({ status: 202, headers: { "content-location": `${base}/$bulk/${id}` } });
}

function pathOf(task: Task, { params }: Asked): string {
  if (task.does === "import") return params.type === undefined ? "" : `${params.type}/`;
  const { of } = task.order;
  if (of === "system") return "";
  return of === "patients" ? "Patient/" : `Group/${of.group}/`;
}

/** Begins an import, from the body or from the folder for imports. */
export async function kickOffImport(door: BulkDoor, asked: Asked, context: FhirContext): Promise<Result<Answer>> {
  if (!asked.prefer.isAsync) return failed(notAsync);
  const id = door.jobs.newId();
  const sources = isNdjson(asked) ? await uploaded(door, id, asked) : await listed(door, asked);
  if (!sources.ok) return sources;
  const counts = { sourcesDone: 0, linesDone: 0, written: 0, unchanged: 0, refused: 0, errorBytes: 0 };
  return submitted({ door, id, task: { does: "import", sources: sources.value, ...counts } }, asked, context);
}

function isNdjson({ headers }: Asked): boolean {
  const [type = ""] = (headers["content-type"] ?? "").split(";");
  return ["application/fhir+ndjson", "application/ndjson", "application/x-ndjson"].includes(type.trim().toLowerCase());
}

async function uploaded(
  { jobs }: BulkDoor,
  id: string,
  { bytes, params }: Asked,
): Promise<Result<readonly ImportSource[]>> {
  const { type } = params;
  if (type !== undefined && !isResourceType(type)) return failed(unknownType);
  if (bytes.length === 0) return failed(noInput);
  const name = "upload.ndjson";
  await jobs.files.put(id, name, bytes);
  return ok([{ from: "upload", name, ...(type === undefined ? {} : { type }) }]);
}

async function listed({ jobs }: BulkDoor, asked: Asked): Promise<Result<readonly ImportSource[]>> {
  const body = asked.resource();
  if (!body.ok) return body;
  const parameters = body.value.resourceType === "Parameters" ? body.value.parameter : undefined;
  const inputs = (Array.isArray(parameters) ? (parameters as readonly Json[]) : []).flatMap(inputOf);
  if (inputs.length === 0) return failed(noInput);
  const sources: ImportSource[] = [];
  for (const { type, url } of inputs) {
    if (type !== undefined && !isResourceType(type)) return failed(unknownType);
    if (!(await jobs.files.hasImport(url))) return failed(noSuchFile);
    sources.push({ from: "folder", name: url, ...(type === undefined ? {} : { type }) });
  }
  return ok(sources);
}

/** The parts of a parameter `input`. */
function inputOf(parameter: Json): readonly { readonly type: string | undefined; readonly url: string }[] {
  if (!isJsonObject(parameter) || parameter.name !== "input" || !Array.isArray(parameter.part)) return [];
  const parts = new Map(
    (parameter.part as readonly Json[]).filter(isJsonObject).map((part) => [part.name, textOf(part)]),
  );
  const url = parts.get("url");
  return url === undefined ? [] : [{ type: parts.get("type"), url }];
}

function textOf(part: JsonObject): string | undefined {
  const key = Object.keys(part).find((name) => /^value[A-Z]/.test(name));
  const value = key === undefined ? undefined : part[key];
  return typeof value === "string" ? value : undefined;
}

const halfAsked = incorrect("wrong-search-value", "De-identify by _deidentify and _project, both.", {
  where: "_deidentify",
});
const notAsync = incorrect("prefer-missing", "This takes a while: ask with the header Prefer: respond-async.", {
  where: "Prefer",
});
const noInput = incorrect(
  "required-element-missing",
  "Send NDJSON as application/fhir+ndjson, or Parameters with an input for each file: its type and its name as url.",
  { where: "Parameters.parameter" },
);
const unknownType = incorrect("wrong-search-value", "The type must be a resource type of FHIR R4.", { where: "type" });
const noSuchFile = incorrect(
  "no-such-file",
  "Each url must be the name of an NDJSON file in the imports folder of Corridor's data folder.",
  { where: "Parameters.parameter.part" },
);
