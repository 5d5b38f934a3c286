import { type JsonObject, limits, ok, type Result } from "#kernel";
import { type HealthRecord, parseBody, type Query } from "#record";
import { totpPurpose } from "./check-answer.ts";
import { resealText, type SealKey } from "./sealed.ts";
import { secondFactorsKind } from "./second-factors.ts";

/** Seals one text anew; undefined where that is not needed. */
type Reseal = (sealed: string, purpose: string) => string | undefined;

/** The document with what is sealed in it under the key that seals now; undefined where it is so already. */
type Resealed = (body: JsonObject, id: string, reseal: Reseal) => JsonObject | undefined;

/** Where something is sealed. Whoever seals more adds it here, or loses it with the next rotation. */
const sealedKinds: Readonly<Record<string, Resealed>> = {
  [secondFactorsKind.kind]: (body, id, reseal) => {
    const { totp } = body as { readonly totp?: JsonObject };
    const sealed = totp === undefined ? undefined : reseal(String(totp.sealed), totpPurpose(id));
    return sealed === undefined ? undefined : { ...body, totp: { ...totp, sealed } };
  },
  SigningKeys: (body, _id, reseal) => {
    const { keys } = body as unknown as { readonly keys: readonly JsonObject[] };
    const renewed = keys.map((key) => reseal(String(key.sealed), "signing-key"));
    if (renewed.every((sealed) => sealed === undefined)) return undefined;
    return { ...body, keys: keys.map((key, at) => ({ ...key, sealed: renewed[at] ?? key.sealed ?? null })) };
  },
  DicomNode: (body, id, reseal) => {
    const { web } = body as { readonly web?: JsonObject };
    const sealed = web?.sealed === undefined ? undefined : reseal(String(web.sealed), `node-${id}`);
    return sealed === undefined ? undefined : { ...body, web: { ...web, sealed } };
  },
};

/**
 * Brings everything that is sealed under the key that seals now. What somebody writes meanwhile is tried again. Returns how
 * many documents were written. Problems: those of the record.
 */
export async function resealAll(
  record: HealthRecord,
  key: SealKey,
  kinds: ReadonlySet<string>,
): Promise<Result<number>> {
  let written = 0;
  for (const [kind, resealed] of Object.entries(sealedKinds)) {
    if (!kinds.has(kind)) continue;
    for (let round = 0; round < limits.conditionalAttemptsMax; round += 1) {
      const done = await resealKind(record, kind, (body, id) =>
        resealed(body, id, (sealed, purpose) => resealText(sealed, { key, purpose })),
      );
      if (!done.ok) return done;
      written += done.value.written;
      if (done.value.conflicts === 0) break;
    }
  }
  return ok(written);
}

async function resealKind(
  record: HealthRecord,
  kind: string,
  resealed: (body: JsonObject, id: string) => JsonObject | undefined,
): Promise<Result<{ readonly written: number; readonly conflicts: number }>> {
  let after: Query["after"];
  let [written, conflicts] = [0, 0];
  do {
    const page = await record.search({
      kind,
      all: [],
      sort: { by: "updated", descending: false },
      limit: limits.pageSizeMax,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) return page;
    for (const version of page.value.versions) {
      const body = resealed(parseBody(version), version.id);
      if (body === undefined) continue;
      const operation = { action: "update", kind, id: version.id, ifMatch: version.version, body } as const;
      const done = await record.transact({ operations: [operation] });
      if (!done.ok && done.problems[0].category !== "conflict") return done;
      if (done.ok) written += 1;
      else conflicts += 1;
    }
    after = page.value.next;
  } while (after !== undefined);
  return ok({ written, conflicts });
}
