import type { AuditStretch, AuditStretches } from "#record";
import { type StoredAuditEvent, toEntry } from "./audit.ts";
import type { Database } from "./database.ts";
import { separator } from "./joined-texts.ts";

interface StoredStretch {
  readonly sequences: string | null;
  readonly ats: string;
  readonly bodies: string;
  readonly hashes: Uint8Array;
}

const none: AuditStretch = { sequences: [], ats: [], bodies: [], hashes: new Uint8Array(0) };

/** A stretch comes as one row: thousands of rows would cost the driver more than to check them. */
export function auditStretches(database: Database): AuditStretches {
  return {
    async stretch(afterSequence, limit) {
      const [row] = await database<StoredStretch[]>`
        select string_agg(sequence::text, ',') as sequences, string_agg(at_ms::text, ',') as ats,
          string_agg(body, ${separator}) as bodies, string_agg(hash, ''::bytea) as hashes
        from (select sequence, at_ms, body, hash from audit_event
          where sequence > ${afterSequence} order by sequence limit ${limit}) as stretch`;
      return row === undefined || row.sequences === null ? none : toStretch({ ...row, sequences: row.sequences });
    },
    async containing({ after, upTo }, text) {
      const rows = await database<StoredAuditEvent[]>`
        select sequence, at_ms, body, hash from audit_event
        where sequence > ${after} and sequence <= ${upTo} and position(${text} in body) > 0 order by sequence`;
      return rows.map(toEntry);
    },
  };
}

function toStretch({ sequences, ats, bodies, hashes }: StoredStretch & { readonly sequences: string }): AuditStretch {
  return {
    sequences: sequences.split(",").map(Number),
    ats: ats.split(",").map(Number),
    bodies: bodies.split(separator),
    hashes,
  };
}
