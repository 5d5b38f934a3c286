import { ok, type Result, toIso } from "#kernel";
import { actingUser, identityEntry, readUser } from "./accounts.ts";
import { bodyOf, storedBy } from "./document-schema.ts";
import type { IdentityNeeds } from "./identity-needs.ts";
import { secretHash } from "./secret.ts";
import { sessionSchema } from "./session.ts";

/** Ends the session of a cookie's token, here and for every process. One that is over or unknown stays so. */
export async function signOut(
  needs: IdentityNeeds,
  token: string,
  remoteAddress: string | undefined,
): Promise<Result<undefined>> {
  const id = secretHash(token);
  needs.trusted.forget(id);
  const read = await needs.record.read("Session", id);
  if (!read.ok) return read.problems[0].category === "not-found" ? ok(undefined) : read;
  const { id: _id, version, ...session } = storedBy(sessionSchema, read.value);
  if (session.ended !== undefined) return ok(undefined);
  const user = await readUser(needs.record, session.userId);
  if (!user.ok) return user;
  const body = bodyOf({ ...session, ended: toIso(needs.clock.now()) });
  const actor = actingUser(user.value, remoteAddress);
  const written = await needs.record.transact({
    operations: [{ action: "update", kind: "Session", id, body }],
    audit: [identityEntry(needs, { act: "sign-out", actor, entities: [`Session/${id}`] })],
  });
  return written.ok ? ok(undefined) : written;
}
