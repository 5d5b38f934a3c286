import { type Actor, Consents, consentRule, narrow, type PurposeOfUse, parseScope, visibilityRules } from "#access";
import { openAuditLog } from "#audit";
import { expectOk, type Log, ok, type Result } from "#kernel";
import type { HealthRecord } from "#record";
import { openTerminology } from "#terminology";
import { thisAccount } from "../compose/identity.ts";
import { openOptOuts } from "../compose/opt-outs.ts";
import type { RecordParts } from "../compose/record.ts";
import type { Config } from "../config.ts";
import { bulkRecord } from "./bulk-actor.ts";

/** What an export may be for, and what it then holds. Source: HL7 v3 PurposeOfUse. */
export const exportPurposes = {
  HSYSADMIN: "a copy for Corridor itself: everything there is",
  TREAT: "care",
  HOPERAT: "running the hospital",
  HRESCH: "research",
  PERFMSR: "planning",
} as const satisfies Partial<Record<PurposeOfUse, string>>;

export type ExportPurpose = keyof typeof exportPurposes;

export function isExportPurpose(text: string): text is ExportPurpose {
  return Object.hasOwn(exportPurposes, text);
}

interface PurposeNeeds {
  readonly parts: RecordParts;
  readonly config: Config;
  readonly log: Log;
}

/**
 * The record as it may leave for a purpose. For Corridor itself all of it; for any other without what is restricted or sealed,
 * and without what patients said may not be disclosed; for research and planning without those who opted out.
 * Problems: those of the work; conflict `opt-out-check-needed`; of reading what patients said.
 */
export async function withPurpose<T>(
  { parts, config, log }: PurposeNeeds,
  purpose: ExportPurpose,
  work: (record: HealthRecord) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (purpose === "HSYSADMIN") return work(bulkRecord(parts));
  const { record, clock, ids, store } = parts;
  const terminology = await openTerminology({ record, store: store.terminology, clock, log });
  try {
    const consents = new Consents({ record, clock, concepts: terminology.search });
    const { check, rule } = openOptOuts(parts, config);
    const known = purpose === "HRESCH" || purpose === "PERFMSR" ? await check.fresh() : ok(undefined);
    if (!known.ok) return known;
    const rules = [...visibilityRules(), consentRule(consents, async () => ({})), rule];
    const actor = purposefulActor(purpose);
    return await work(narrow({ record, auditLog: openAuditLog(store.audit), actor, clock, ids, rules }));
  } finally {
    await terminology.close();
  }
}

/** Reads alone, and sees what no label closes. */
function purposefulActor(purpose: ExportPurpose): Actor {
  const { unrestricted: _, ...account } = thisAccount();
  return { ...account, purpose, permissions: new Set(expectOk(parseScope("system/*.rs"))) };
}
