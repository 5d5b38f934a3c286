import { failed, ok, type Problem, type Result, unsupported } from "#kernel";
import type { AuditQuery, Clause } from "#record";
import { subtypesOf } from "./codes.ts";

/** Parameters that entries have keys for; an entry of our own is found by its type through its subtype. */
export const searchable = ["patient", "agent", "entity", "action", "outcome", "type", "subtype"] as const;

/**
 * The clauses of a search as the store takes them, or `nothing` where no entry can satisfy them.
 * Problems: unsupported, code `audit-search`.
 */
export function auditBounds(clauses: readonly Clause[]): Result<Omit<AuditQuery, "limit"> | "nothing"> {
  const bounds: Bounds = { all: [], fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, never: false };
  for (const clause of clauses) {
    const problem = addClause(bounds, clause);
    if (problem !== undefined) return failed(problem);
  }
  if (bounds.never || bounds.fromMs >= bounds.toMs) return ok("nothing");
  return ok({ all: bounds.all, fromMs: bounds.fromMs, toMs: bounds.toMs });
}

interface Bounds {
  all: (readonly string[])[];
  fromMs: number;
  toMs: number;
  never: boolean;
}

function addClause(bounds: Bounds, clause: Clause): Problem | undefined {
  switch (clause.is) {
    case "key":
      return addKeys(bounds, clause.any);
    case "date":
      return addDates(bounds, clause);
    case "updated":
      return addSpans(
        bounds,
        clause.any.map(({ minMs, maxMs }) => ({ fromMs: minMs ?? 0, toMs: (maxMs ?? endOfTimeMs) + 1 })),
      );
    case "never":
      bounds.never = true;
      return undefined;
    default:
      return unsupported("audit-search", `AuditEvents cannot be searched by ${clauseName(clause)}.`);
  }
}

function clauseName(clause: Clause): string {
  if ("parameter" in clause) return clause.parameter;
  return clause.is === "id" ? "_id" : "a condition of this form";
}

function addKeys(bounds: Bounds, any: readonly string[]): Problem | undefined {
  const keys: string[] = [];
  for (const key of any) {
    const [parameter = "", value = ""] = splitOnce(key, "=");
    if (!searchable.some((name) => name === parameter)) {
      return unsupported("audit-search", `AuditEvents cannot be searched by ${parameter}.`, { where: parameter });
    }
    // The entries keep bare codes; each code here belongs to one system.
    const code = value.slice(value.lastIndexOf("|") + 1);
    keys.push(`${parameter}=${code}`);
    if (parameter === "type") keys.push(...subtypesOf(code).map((subtype) => `subtype=${subtype}`));
  }
  bounds.all.push(keys);
  return undefined;
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

const endOfTimeMs = Number.MAX_SAFE_INTEGER - 1;

/** An entry's time is a span of one millisecond, so bounds on its start and its end are bounds on the entry's time. */
function addDates(bounds: Bounds, clause: Clause & { is: "date" }): Problem | undefined {
  if (clause.parameter !== "date") return unsupported("audit-search", `There is no date ${clause.parameter} here.`);
  return addSpans(
    bounds,
    clause.any.map(({ fromMinMs = 0, fromMaxMs = endOfTimeMs, toMinMs = 0, toMaxMs = endOfTimeMs }) => ({
      fromMs: Math.max(fromMinMs, toMinMs - 1),
      toMs: Math.min(fromMaxMs + 1, toMaxMs),
    })),
  );
}

function addSpans(bounds: Bounds, any: readonly { fromMs: number; toMs: number }[]): Problem | undefined {
  const [span, another] = any;
  if (span === undefined) return undefined;
  if (another !== undefined) {
    return unsupported("audit-search", "AuditEvents are searched by one span of time. Ask once for each.");
  }
  bounds.fromMs = Math.max(bounds.fromMs, span.fromMs);
  bounds.toMs = Math.min(bounds.toMs, span.toMs);
  return undefined;
}
