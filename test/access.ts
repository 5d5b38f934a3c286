/** Access over a real record, as the composition root builds it, for tests. */
import { type AccessNeeds, accessKinds, openAccess } from "#access";
import { openAuditLog } from "#audit";
import { countingIds, type HttpRequest } from "#kernel";
import { fhirKinds } from "#record";
import { freshRecord, type TestRecordOptions } from "./record.ts";
import { wardTime } from "./ward/index.ts";

/** Cheap, so that a hundred sign-ins do not take a minute. */
const passwordCost = { memoryKiB: 64, passes: 1 };

interface TestAccessOptions
  extends Partial<Pick<TestRecordOptions, "kinds" | "connection">>,
    Pick<AccessNeeds, "secondFactorRoles" | "roleMap" | "outside"> {}

export async function freshAccess(options: TestAccessOptions = {}) {
  const kinds = [...fhirKinds, ...accessKinds, ...(options.kinds ?? [])];
  const { connection, secondFactorRoles, roleMap, outside } = options;
  const parts = await freshRecord({ kinds, ...(connection && { connection }) });
  const { record, store, clock } = parts;
  const needs: AccessNeeds = {
    record,
    auditLog: openAuditLog(store.audit),
    clock,
    hospitalTime: wardTime,
    ids: countingIds("a"),
    passwordCost,
    sealKey: new Uint8Array(32).fill(7),
    ...(secondFactorRoles && { secondFactorRoles }),
    ...(roleMap && { roleMap }),
    ...(outside && { outside }),
  };
  const anotherProcess = (others: Partial<AccessNeeds> = {}) => openAccess({ ...needs, ...others });
  return { ...parts, access: openAccess(needs), anotherProcess };
}

/** A request as the HTTP door gives it, from Corridor's own page unless the headers say otherwise. */
export function aRequest(
  method: string,
  path: string,
  parts: Partial<HttpRequest> & { json?: unknown } = {},
): HttpRequest {
  const { json, ...rest } = parts;
  const origin = "http://127.0.0.1:8080";
  return {
    method,
    path,
    params: {},
    query: new URLSearchParams(),
    body: json === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(json)),
    origin,
    remoteAddress: "10.0.0.7",
    closed: new AbortController().signal,
    ...rest,
    headers: { "content-type": "application/json", ...(rest.headers ?? { origin }) },
  };
}
