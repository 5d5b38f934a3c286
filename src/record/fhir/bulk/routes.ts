import {
  failed,
  type HttpReply,
  type HttpRequest,
  limits,
  notFound,
  ok,
  type Result,
  type Route,
  unavailable,
} from "#kernel";
import type { FhirContext } from "../context.ts";
import type { StatedOperation } from "../operations/operation.ts";
import { definitionPath, operationDefinition } from "../operations/operation-definition.ts";
import { type DoorRow, fhirRoute } from "../routes.ts";
import { type BulkDoor, type BulkLevel, kickOffExport, kickOffImport } from "./kick-off.ts";
import { manifestOf } from "./manifest.ts";
import { type BulkOperation, groupExport, importOperation, patientExport, systemExport } from "./operations.ts";

/** For the CapabilityStatement. */
export const bulkOperations: readonly StatedOperation[] = [systemExport, patientExport, groupExport, importOperation];

/** `$export` and `$import`, and the addresses where what they do is asked after, fetched and cancelled. */
export function bulkRoutes(door: BulkDoor): readonly Route<FhirContext>[] {
  return [
    ...exportRows(door, { path: "$export", level: "system", operation: systemExport }),
    ...exportRows(door, { path: "Patient/$export", level: "patients", operation: patientExport }),
    ...exportRows(door, { path: "Group/:id/$export", level: "group", operation: groupExport }),
    importRow(door, "$import"),
    importRow(door, ":type/$import"),
    importDefinition,
  ]
    .map((row) => fhirRoute(row))
    .concat(jobRoutes(door));
}

interface ExportRow {
  readonly path: string;
  readonly level: BulkLevel;
  readonly operation: BulkOperation;
}

function exportRows(door: BulkDoor, { path, level, operation }: ExportRow): readonly DoorRow[] {
  return (["GET", "POST"] as const).map((method) => ({
    method,
    path,
    summary: operation.title,
    run: (asked, context) => kickOffExport({ door, level, operation }, asked, context),
  }));
}

function importRow(door: BulkDoor, path: string): DoorRow {
  const { title: summary } = importOperation;
  return { method: "POST", path, summary, run: (asked, context) => kickOffImport(door, asked, context) };
}

/** R4 has no definition of it that could be named. */
const importDefinition: DoorRow = {
  method: "GET",
  path: definitionPath(importOperation),
  summary: "What the operation $import does and takes",
  run: async ({ base }) => ok({ status: 200, body: JSON.stringify(operationDefinition(importOperation, base)) }),
};

function jobRoutes({ jobs, actorOf }: BulkDoor): readonly Route<FhirContext>[] {
  const ownerOf = (context: FhirContext) => actorOf(context).reference;
  const path = "/fhir/$bulk/:id";
  const problems = "operation-outcome";
  return [
    {
      problems,
      policy: "signed-in",
      method: "GET",
      path,
      summary: "How far an export or import is, and what it made",
      handle: ({ params: { id = "" } }, context) => status(jobs, id, ownerOf(context)),
    },
    {
      problems,
      policy: "signed-in",
      method: "DELETE",
      path,
      summary: "Cancel an export or import, and remove what it made",
      handle: async ({ params: { id = "" } }, context) => {
        const cancelled = await jobs.cancel(id, ownerOf(context));
        return cancelled.ok ? ok({ status: 202 }) : cancelled;
      },
    },
    {
      problems,
      policy: "signed-in",
      method: "GET",
      path: `${path}/:file`,
      summary: "One file of an export, or the errors of an import, as NDJSON",
      handle: (request, context) => file(jobs, request, ownerOf(context)),
    },
  ];
}

type Jobs = BulkDoor["jobs"];

/** Source: Bulk Data Access 2.0 (bulk data status request). */
async function status(jobs: Jobs, id: string, owner: string): Promise<Result<HttpReply>> {
  const found = await jobs.find(id, owner);
  if (!found.ok) return found;
  const { job } = found.value;
  switch (job.state) {
    case "waiting":
    case "running": {
      const progress = jobs.progressOf(id) ?? (job.state === "waiting" ? "waiting for its turn" : "at work");
      const retryAfter = String(Math.ceil(limits.bulkRetryAfterMs / 1000));
      return ok({ status: 202, headers: { "x-progress": progress.slice(0, 100), "retry-after": retryAfter } });
    }
    case "done": {
      const expires = new Date(Date.parse(job.finishedAt ?? job.at) + jobs.keepMs).toUTCString();
      const headers = { "content-type": "application/json", expires };
      return ok({ status: 200, headers, body: JSON.stringify(manifestOf(id, job)) });
    }
    case "failed":
      return failed(job.problem ?? noReason);
    case "cancelled":
    case "expired":
      return failed(gone);
  }
}

const noReason = unavailable("job-failed", "It failed.");
const gone = notFound("not-found", "There is no such export or import of yours, or it is over and removed.");

async function file(jobs: Jobs, { params }: HttpRequest, owner: string): Promise<Result<HttpReply>> {
  const { id = "", file: name = "" } = params;
  const found = await jobs.find(id, owner);
  if (!found.ok) return found;
  const { job } = found.value;
  if (job.state !== "done" || !job.files.some((each) => each.name === name)) return failed(gone);
  const read = await jobs.files.read(id, name);
  if (!read.ok) return read;
  const headers = { "content-type": "application/fhir+ndjson", "content-length": String(read.value.bytes) };
  return ok({ status: 200, headers, body: read.value.content });
}
