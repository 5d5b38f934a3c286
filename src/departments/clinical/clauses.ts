import type { Clause, Cursor, Query } from "#record";

/** Documents that carry any of these index keys. */
export function anyKey(...any: readonly string[]): Clause {
  return { is: "key", any };
}

/** Documents of one patient, by the search parameter `patient`. */
export function ofPatient(patientId: string): Clause {
  return anyKey(`patient=Patient/${patientId}`);
}

interface PageOfQuery {
  readonly kind: string;
  readonly all: readonly Clause[];
  /** The search parameter whose time orders the documents, newest first; left out: the order of the feed. */
  readonly newestBy?: string;
  readonly limit: number;
  readonly after?: Cursor | undefined;
}

export function newestFirst({ kind, all, newestBy, limit, after }: PageOfQuery): Query {
  const by = newestBy === undefined ? "updated" : { date: newestBy };
  return { kind, all, sort: { by, descending: true }, limit, ...(after === undefined ? {} : { after }) };
}
