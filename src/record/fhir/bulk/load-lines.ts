import { failed, incorrect, isJsonObject, type JsonObject, limits, ok, type Problem, type Result } from "#kernel";
import { isResourceType } from "#standards/fhir";
import { type Blob, blobOf } from "../../blobs/blob.ts";
import { parseJson } from "../../documents/json-text.ts";
import type { Operation, Outcome } from "../../documents/operation.ts";
import type { HealthRecord } from "../../health-record.ts";
import { binaryOfResource, reservedContentProblem } from "../interactions/binary-content.ts";
import { appendOnlyProblem } from "../interactions/sent.ts";
import { isForLater } from "./load-bundle.ts";

/** A line of NDJSON: one resource. */
export interface ResourceLine {
  /** 1 is the first of the file. */
  readonly number: number;
  readonly text: string;
}

export interface LineProblem {
  readonly line: number;
  readonly problems: readonly Problem[];
}

export interface LoadedLines {
  readonly written: number;
  readonly unchanged: number;
  readonly refused: readonly LineProblem[];
}

export interface LineLoadNeeds {
  readonly record: HealthRecord;
  /** Only resources of this type. */
  readonly type?: string;
}

interface Ready {
  readonly line: number;
  readonly operation: Operation;
  readonly blob?: Blob | undefined;
}

/**
 * Stores each line's resource under the id it has, or under one made of its content, in one transaction: a line that is
 * refused does not hold up the others. The same again changes nothing. Problems: busy and unavailable, with nothing
 * written; everything else is told of its line.
 */
export async function loadLines(lines: readonly ResourceLine[], needs: LineLoadNeeds): Promise<Result<LoadedLines>> {
  const refused: LineProblem[] = [];
  const ready: Ready[] = [];
  for (const line of lines) {
    const read = readLine(line, needs.type);
    if (read.ok) ready.push(read.value);
    else refused.push({ line: line.number, problems: read.problems });
  }
  const outcomes = await writeSound(ready, needs.record, refused);
  if (!outcomes.ok) return outcomes;
  const written = outcomes.value.filter(({ effect }) => effect !== "none").length;
  refused.sort((one, other) => one.line - other.line);
  return ok({ written, unchanged: outcomes.value.length - written, refused });
}

function readLine({ number, text }: ResourceLine, only: string | undefined): Result<Ready> {
  if (text.length > limits.importLineCharactersMax) return failed(tooLong);
  const json = parseJson(text);
  if (!json.ok) return json;
  if (!isJsonObject(json.value)) return failed(notAResource);
  const kind = json.value.resourceType;
  if (typeof kind !== "string" || !isResourceType(kind)) return failed(notAResource);
  if (only !== undefined && kind !== only) return failed(wrongType(kind, only));
  const problem = appendOnlyProblem(kind) ?? reservedContentProblem(json.value);
  if (problem !== undefined) return failed(problem);
  const { body, blob } = binaryOfResource(json.value);
  return ok({ line: number, operation: storing(kind, body, { text, number }), blob });
}

function storing(kind: string, body: JsonObject, { text, number }: { text: string; number: number }): Operation {
  if (typeof body.id === "string") return { action: "update", kind, id: body.id, body };
  const id = `${blobOf(Buffer.from(text)).hash.slice(0, 24)}-${number}`;
  return { action: "update", kind, id, body };
}

/** Writes all, or all but those that the record refuses. */
async function writeSound(
  given: readonly Ready[],
  record: HealthRecord,
  refused: LineProblem[],
): Promise<Result<readonly Outcome[]>> {
  let ready = given;
  while (ready.length > 0) {
    const blobs = ready.flatMap(({ blob }) => blob ?? []);
    const result = await record.transact({ operations: ready.map(({ operation }) => operation), blobs });
    if (result.ok) return result;
    if (result.problems.some(isForLater)) return result;
    const faults = byOperation(result.problems, ready.length);
    if (faults.size === 0) return oneByOne(ready, record, refused);
    for (const [index, problems] of faults) refused.push({ line: ready[index]?.line ?? 0, problems });
    ready = ready.filter((_, index) => !faults.has(index));
  }
  return ok([]);
}

async function oneByOne(
  ready: readonly Ready[],
  record: HealthRecord,
  refused: LineProblem[],
): Promise<Result<readonly Outcome[]>> {
  const outcomes: Outcome[] = [];
  for (const { line, operation, blob } of ready) {
    const result = await record.transact({ operations: [operation], blobs: blob === undefined ? [] : [blob] });
    if (result.ok) outcomes.push(...result.value);
    else if (result.problems.some(isForLater)) return result;
    else refused.push({ line, problems: result.problems });
  }
  return ok(outcomes);
}

const operationPlace = /^operation\[(\d+)\](?:: )?/;

/** The record names the operation where there are several. */
function byOperation(problems: readonly Problem[], count: number): ReadonlyMap<number, readonly Problem[]> {
  const faults = new Map<number, Problem[]>();
  for (const problem of problems) {
    const place = operationPlace.exec(problem.where ?? "");
    const index = place === null ? (count === 1 ? 0 : undefined) : Number(place[1]);
    if (index === undefined) continue;
    const { where = "", ...rest } = problem;
    const inner = where.replace(operationPlace, "");
    const told = inner === "" ? rest : { ...rest, where: inner };
    faults.set(index, [...(faults.get(index) ?? []), told]);
  }
  return faults;
}

const tooLong = incorrect("too-long", `A line may have ${limits.importLineCharactersMax} characters at most.`);
const notAResource = incorrect("wrong-kind", "The line must be one FHIR resource that states its resourceType.");

function wrongType(kind: string, only: string): Problem {
  return incorrect("wrong-kind", `The file is one of ${only}, but the resource is a ${kind}.`, {
    where: "resourceType",
  });
}
