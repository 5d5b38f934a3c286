import { z } from "zod";
import { answersBody, answersQuery, type Context } from "#access";
import { conflict, failed, type JsonObject, ok, type Result, type Route, toIso } from "#kernel";
import { parseBody, type Version } from "#record";
import { patientNames } from "../patient-names.ts";
import { type AuditFinding, findingKind } from "./finding.ts";
import { findingOutcomes } from "./outcomes.ts";

export type FindingView = AuditFinding & {
  readonly id: string;
  /** Absent where the patient is not to be seen, or has no name. */
  readonly patientName?: string;
};

export interface FindingsPage {
  readonly findings: readonly FindingView[];
  readonly hasMore: boolean;
}

const findingsQuery = z.object({ outcome: z.enum(["open", ...findingOutcomes]).default("open") });
const decisionBody = z.object({ outcome: z.enum(findingOutcomes), note: z.string().trim().min(1).max(2_000) });

const pageFindings = 100;

/** The review queue of what was unusual. */
export const findingRoutes: readonly Route<Context>[] = [
  {
    method: "GET",
    path: "/api/information/findings",
    policy: "audit.read",
    summary: "What was unusual about who looked at whose record",
    handle: answersQuery(findingsQuery, ({ outcome }, { context }) => fetchFindings(context, outcome)),
  },
  {
    method: "POST",
    path: "/api/information/findings/:id/decide",
    policy: "audit.read",
    summary: "Say what a finding came to",
    handle: answersBody(decisionBody, (decision, { context, id }) => decide(context, { id, ...decision })),
  },
];

async function fetchFindings(context: Context, outcome: string): Promise<Result<FindingsPage>> {
  const page = await context.record.search({
    kind: findingKind,
    all: [{ is: "key", any: [`outcome=${outcome}`] }],
    sort: { by: "updated", descending: true },
    limit: pageFindings,
  });
  if (!page.ok) return page;
  const findings = page.value.versions.map(viewOf);
  const names = await patientNames(
    context,
    findings.map(({ patient }) => patient),
  );
  if (!names.ok) return names;
  const named = findings.map((finding) => {
    const patientName = names.value.get(finding.patient);
    return patientName === undefined ? finding : { ...finding, patientName };
  });
  return ok({ findings: named, hasMore: page.value.next !== undefined });
}

interface Decision extends z.infer<typeof decisionBody> {
  readonly id: string;
}

/** Problems: not-found; conflict `own-finding`, as nobody judges what they did themselves. */
async function decide(
  { record, actor, clock }: Context,
  { id, outcome, note }: Decision,
): Promise<Result<FindingView>> {
  const read = await record.read(findingKind, id);
  if (!read.ok) return read;
  const finding = parseBody<AuditFinding & JsonObject>(read.value);
  if (finding.person === actor.reference) return failed(ownFinding);
  const reviewer = { reference: actor.reference, display: actor.display };
  const decided: AuditFinding = { ...finding, reviewer, outcome, note, decidedAt: toIso(clock.now()) };
  const body = decided as unknown as JsonObject;
  const written = await record.transact({
    operations: [{ action: "update", kind: findingKind, id, body, ifMatch: read.value.version }],
  });
  if (!written.ok) return written;
  const [done] = written.value;
  return ok(viewOf(done?.version ?? read.value));
}

function viewOf(version: Version): FindingView {
  return { ...parseBody<AuditFinding & JsonObject>(version), id: version.id };
}

const ownFinding = conflict("own-finding", "This is about what you did yourself: somebody else must look into it.");
