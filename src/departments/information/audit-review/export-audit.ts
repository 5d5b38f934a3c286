import type { Context } from "#access";
import { auditEntry } from "#audit";
import { csvLine, failed, type HttpReply, limits, ok, type Result, toIso, unsupported } from "#kernel";
import type { AuditFilter } from "./audit-query.ts";
import type { AuditRow } from "./audit-row.ts";
import { everyEntry } from "./fetch-audit.ts";

export type AuditFormat = "csv" | "ndjson";

/**
 * What a filter finds, as a file; that it was taken out is in the log before the first byte leaves.
 * Problems: unsupported `audit-export-too-long`; those of the record.
 */
export async function exportAudit(
  context: Context,
  filter: AuditFilter,
  format: AuditFormat,
): Promise<Result<HttpReply>> {
  const rows: AuditRow[] = [];
  for await (const row of everyEntry(context, filter, limits.auditExportMax)) {
    if (!row.ok) return row;
    if (row.value === undefined) return failed(tooLong);
    rows.push(row.value);
  }
  const noted = await noteExport(context, filter, rows.length);
  if (!noted.ok) return noted;
  const lines =
    format === "csv" ? [head, ...rows.map(cellsOf)].map(csvLine) : rows.map((row) => `${JSON.stringify(row)}\n`);
  return ok({
    status: 200,
    headers: {
      "content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson",
      "content-disposition": `attachment; filename="audit-${toIso(context.clock.now()).slice(0, 10)}.${format}"`,
    },
    body: lines.join(""),
  });
}

async function noteExport({ actor, record, clock }: Context, filter: AuditFilter, count: number) {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) asked.set(name, value);
  const entry = auditEntry({
    at: clock.now(),
    act: "audit-export",
    agent: {
      reference: actor.reference,
      display: actor.display,
      roles: actor.roles,
      purpose: actor.purpose,
      via: actor.via,
    },
    outcome: 0,
    patients: filter.patient === undefined ? [] : [filter.patient],
    entities: ["AuditEvent"],
    query: `${asked.toString()} (${count} entries)`,
  });
  return record.transact({ operations: [], audit: [entry] });
}

const head = [
  "Number",
  "Time",
  "Who",
  "Reference",
  "Roles",
  "Did",
  "Why",
  "Reason",
  "Outcome",
  "Problem",
  "Patients",
  "Documents",
  "Asked",
  "From",
];

function cellsOf(row: AuditRow): readonly string[] {
  const { sequence, at, who, reference, roles, act, why, reason, outcome, problem, patients, entities } = row;
  const parts = [String(sequence), at, who, reference, roles.join(" "), act, why, reason ?? "", outcome, problem ?? ""];
  return [...parts, patients.join(" "), entities.join(" "), row.query ?? "", row.address ?? ""];
}

const tooLong = unsupported(
  "audit-export-too-long",
  `More than ${limits.auditExportMax} entries are found: narrow the search, such as to fewer days.`,
);
