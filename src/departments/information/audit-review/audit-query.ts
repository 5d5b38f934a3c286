import { z } from "zod";
import { dayAfter, type HospitalTime } from "#kernel";
import type { Clause, Cursor, Query } from "#record";

const day = z.iso.date();

/** What a search of the audit log is narrowed by. */
export const auditFilter = z.object({
  /** `Patient/1`. */
  patient: z
    .string()
    .regex(/^Patient\/[A-Za-z0-9\-.]{1,64}$/, "A patient is named as in Patient/1.")
    .optional(),
  /** `User/1`, `Link/lab`. */
  person: z.string().max(200).optional(),
  /** Any document: `Observation/1`. */
  entity: z.string().max(200).optional(),
  /** A code of `actWords`. */
  act: z.string().max(40).optional(),
  outcome: z.enum(["0", "4", "8"]).optional(),
  /** Days of the hospital, both included. */
  from: day.optional(),
  to: day.optional(),
});

export type AuditFilter = z.infer<typeof auditFilter>;

export const auditQuery = auditFilter.extend({ before: z.coerce.number().int().positive().optional() });

export type AuditQuery = z.infer<typeof auditQuery>;

/** Newest first. `before`: a place in the log that the page ends before. */
export function logQuery(filter: AuditFilter, time: HospitalTime, page: { before?: number; limit: number }): Query {
  const { before, limit } = page;
  const after: Cursor | undefined = before === undefined ? undefined : { position: before };
  return {
    kind: "AuditEvent",
    all: clausesOf(filter, time),
    sort: { by: "updated", descending: true },
    limit,
    ...(after === undefined ? {} : { after }),
  };
}

function clausesOf({ patient, person, entity, act, outcome, from, to }: AuditFilter, time: HospitalTime): Clause[] {
  const key = (name: string, value: string | undefined): Clause[] =>
    value === undefined ? [] : [{ is: "key", any: [`${name}=${value}`] }];
  const fromMs = from === undefined ? {} : { minMs: time.startOfDay(from) };
  const next = to === undefined ? undefined : dayAfter(to);
  const toMs = next === undefined ? {} : { maxMs: time.startOfDay(next) - 1 };
  return [
    ...key("patient", patient),
    ...key("agent", person),
    ...key("entity", entity),
    ...key("subtype", act),
    ...key("outcome", outcome),
    ...(from === undefined && to === undefined ? [] : [{ is: "updated" as const, any: [{ ...fromMs, ...toMs }] }]),
  ];
}
