import { z } from "zod";
import { answers, answersQuery, type Context } from "#access";
import { ok, type Result, type Route } from "#kernel";
import { parseBody } from "#record";
import { auditFilter, auditQuery } from "./audit-query.ts";
import { auditRow } from "./audit-row.ts";
import { exportAudit } from "./export-audit.ts";
import { countAudit, fetchAudit } from "./fetch-audit.ts";

/** That an entry is in the log that a signed checkpoint speaks of, ready to be shown. Hashes are hex. */
export interface ProofView {
  readonly sequence: number;
  readonly size: number;
  readonly hash: string;
  readonly previousHash: string;
  readonly proof: readonly string[];
  /** The signed note. */
  readonly checkpoint: string;
  readonly signedAt: string;
  readonly key: string;
}

export interface AuditRoutesNeeds {
  /** Undefined as long as no checkpoint speaks of the entry. */
  prove(sequence: number): Promise<Result<ProofView | undefined>>;
}

const exportQuery = auditFilter.extend({ format: z.enum(["csv", "ndjson"]) });

/** The audit log for those who answer for it. */
export function auditRoutes({ prove }: AuditRoutesNeeds): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/information/audit",
      policy: "audit.read",
      summary: "Search the audit log by person, patient, time and what was done",
      handle: answersQuery(auditQuery, (query, { context }) => fetchAudit(context, query)),
    },
    {
      method: "GET",
      path: "/api/information/audit-counts",
      policy: "audit.read",
      summary: "How many entries of the audit log a search finds, by what was done, by whom and when",
      handle: answersQuery(auditFilter, (query, { context }) => countAudit(context, query)),
    },
    {
      method: "GET",
      path: "/api/information/audit-export",
      policy: "audit.read",
      summary: "What a search of the audit log finds, as CSV or NDJSON",
      handle: async (request, context) => {
        const read = exportQuery.safeParse(Object.fromEntries(request.query));
        if (!read.success) return answersQuery(exportQuery, async () => ok(undefined))(request, context);
        const { format, ...filter } = read.data;
        return exportAudit(context, filter, format);
      },
    },
    {
      method: "GET",
      path: "/api/information/audit/:id",
      policy: "audit.read",
      summary: "One entry of the audit log, with the proof that it is in the log",
      handle: answers(async ({ context, id }) => {
        const found = await context.record.read("AuditEvent", id);
        if (!found.ok) return found;
        const row = auditRow(found.value);
        const proof = await prove(row.sequence);
        return proof.ok ? ok({ row, resource: parseBody(found.value), proof: proof.value }) : proof;
      }),
    },
  ];
}
