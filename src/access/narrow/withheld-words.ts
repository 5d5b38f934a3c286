import { forbidden, isJsonObject, type JsonObject, limits, ok, type Problem, type Result } from "#kernel";
import { type Key, parseBody, type Version } from "#record";
import { grantsOf, kindPermission } from "../grants.ts";
import { keepsAddresses, markedPatients } from "../restricted-address/shown-addresses.ts";
import { newestOf, seenNewest } from "../visibility/judge.ts";
import { patientsOfVersion } from "./patients.ts";
import type { View } from "./view.ts";

/**
 * Why the words of a message, as it came over a link, are not shown to who may see that it came: they say what is not shown to
 * them elsewhere. Undefined where nothing stands against it, and for all that is no message.
 */
export async function withheldWords(view: View, naming: Version): Promise<Result<Problem | undefined>> {
  if (naming.kind !== "LinkMessage" || view.actor.unrestricted === true) return ok(undefined);
  if (!keepsAddresses(view.actor)) {
    const marked = await markedPatients(view.record, patientsOfVersion(naming));
    if (!marked.ok) return marked;
    if (marked.value.size > 0) return ok(addressRestricted);
  }
  const hidden = await wroteHidden(view, naming);
  return hidden.ok ? ok(hidden.value ? contentHidden : undefined) : hidden;
}

/**
 * Whether a document that the message wrote is, by its labels or by what its patient said, closed to the actor as whom they read
 * messages: another role of theirs, which sees fewer patients, takes nothing away from that one.
 */
async function wroteHidden({ record, visibility: own, actor }: View, message: Version): Promise<Result<boolean>> {
  const roles = actor.roles.filter((role) => grantsOf([role]).has(kindPermission("LinkMessage", "read")));
  const visibility = roles.length === actor.roles.length ? own : own.as({ ...actor, roles });
  const keys: Key[] = [];
  for (const key of wroteKeys(message)) {
    const conditions = await visibility.of(key.kind, "read");
    if (!conditions.ok) return conditions;
    if (conditions.value.length > 0) keys.push(key);
  }
  for (let start = 0; start < keys.length; start += limits.pageSizeMax) {
    const newest = await newestOf(record, keys.slice(start, start + limits.pageSizeMax));
    if (!newest.ok) return newest;
    const seen = await seenNewest({ record, visibility }, newest.value, "read");
    if (!seen.ok) return seen;
    if (seen.value.length < newest.value.length) return ok(true);
  }
  return ok(false);
}

/** Patients and files are left out: whose message it is decides about it, and files are seen by what names them. */
function wroteKeys(message: Version): readonly Key[] {
  const { resources } = parseBody<JsonObject>(message);
  if (!Array.isArray(resources)) return [];
  return resources.flatMap((each): readonly Key[] => {
    if (!isJsonObject(each)) return [];
    const { kind, id } = each;
    const isKey = typeof kind === "string" && typeof id === "string";
    return isKey && kind !== "Patient" && kind !== "Binary" && kind !== "Provenance" ? [{ kind, id }] : [];
  });
}

const addressRestricted = forbidden(
  "address-restricted",
  "The patient's address is restricted: the message as it came is shown to those who keep addresses.",
);
const contentHidden = forbidden(
  "content-withheld",
  "Something that the message wrote is sealed, restricted or closed by the patient: its words are not shown to you.",
);
