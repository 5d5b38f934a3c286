import { silentLog } from "#kernel";
import type { TerminologyCheck } from "#standards/fhir-profiles";
import { openTerminology } from "#terminology";
import { serveRecord } from "../../served-record.ts";

/** Runs `work` with the codes that FHIR itself brings. */
export async function withTerminology<T>(work: (terminology: TerminologyCheck) => T): Promise<T> {
  const served = await serveRecord();
  const { bare: record, context, store } = served;
  const needs = { record, store: store.terminology, clock: context.clock, log: silentLog };
  const terminology = await openTerminology(needs);
  try {
    return work(terminology.check);
  } finally {
    terminology.close();
    await served.close();
  }
}
