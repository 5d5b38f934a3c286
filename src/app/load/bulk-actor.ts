import { type Actor, narrow, parseScope } from "#access";
import { openAuditLog } from "#audit";
import { expectOk } from "#kernel";
import type { HealthRecord } from "#record";
import { thisAccount } from "../compose/identity.ts";
import type { RecordParts } from "../compose/record.ts";

/** Whoever runs a command that moves the record in bulk: they hold the data folder, and may touch every FHIR document. */
export function bulkActor(): Actor {
  return { ...thisAccount(), permissions: new Set([...expectOk(parseScope("system/*.cruds")), "addresses.keep"]) };
}

/** The record as that account may see it: with audit and Provenance. */
export function bulkRecord({ record, store, clock, ids }: RecordParts): HealthRecord {
  return narrow({ record, auditLog: openAuditLog(store.audit), actor: bulkActor(), clock, ids });
}
