import { conflict, failed, type Ids, type JsonObject, ok, type Result } from "#kernel";
import type { Version } from "../../documents/document.ts";
import type { Operation } from "../../documents/operation.ts";
import { conditionalUpdateOf, createGuard } from "../condition.ts";
import { nothingMatches, patchOperation } from "../interactions/patch.ts";
import { deletionOf } from "../interactions/remove.ts";
import type { CreateIntent, DeleteIntent, Intent, PatchIntent, UpdateIntent } from "./intent.ts";
import type { LookedUp } from "./looked-up.ts";

export interface SettlingNeeds extends LookedUp {
  readonly ids: Ids;
  /** This server's address, where it is known. */
  readonly base: string | undefined;
}

/** One resource that an intent concerns, known by its id unless the audit log gives it one. */
export interface Settled {
  readonly intent: Intent;
  readonly id: string | undefined;
  /** Undefined: nothing is to be written. */
  readonly operation: Operation | undefined;
  /** It fails when what was looked up has changed by the time of the commit; then the transaction is planned anew. */
  readonly isGuarded: boolean;
  readonly found?: Version;
}

/** What an intent comes to. Problems: of conditional updates and patches. */
export function settledOf(intent: Intent, needs: SettlingNeeds): Result<readonly Settled[]> {
  switch (intent.does) {
    case "create":
      return ok([settledCreate(intent, needs)]);
    case "update":
      return settledUpdate(intent, needs);
    case "patch":
      return settledPatch(intent, needs);
    case "delete":
      return settledDelete(intent, needs);
  }
}

function settledCreate(intent: CreateIntent, { ids, matches }: SettlingNeeds): Settled {
  const { type: kind, body, condition } = intent;
  if (kind === "AuditEvent") {
    return { intent, id: undefined, operation: { action: "create", kind, body }, isGuarded: false };
  }
  const match = condition && matches.get(condition.text);
  if (match?.found === "one") {
    return { intent, id: match.version.id, operation: undefined, isGuarded: false, found: match.version };
  }
  const id = ids.next();
  const operation = { action: "create", kind, id, body } as const;
  if (condition === undefined) return { intent, id, operation, isGuarded: false };
  return { intent, id, operation: { ...operation, ...createGuard(condition, match?.after) }, isGuarded: true };
}

function settledUpdate(intent: UpdateIntent, { ids, matches }: SettlingNeeds): Result<readonly Settled[]> {
  const { type: kind, body, target, guard } = intent;
  if (typeof target === "string") {
    const ifMatch = guard === undefined ? {} : { ifMatch: guard };
    const operation: Operation = { action: "update", kind, id: target, body, ...ifMatch };
    return ok([{ intent, id: target, operation, isGuarded: false }]);
  }
  const match = matches.get(target.text) ?? { found: "none", after: undefined };
  const operation = conditionalUpdateOf(match, target, { body, guard });
  if (!operation.ok) return operation;
  const id = operation.value.id ?? ids.next();
  return ok([{ intent, id, operation: { ...operation.value, id } as Operation, isGuarded: true }]);
}

function settledPatch(intent: PatchIntent, { matches, versions, base }: SettlingNeeds): Result<readonly Settled[]> {
  const { type, target, guard, patch, index } = intent;
  const match = typeof target === "string" ? undefined : matches.get(target.text);
  const version = match?.found === "one" ? match.version : versions.get(index)?.[0];
  if (version === undefined) return failed(nothingMatches(type));
  const operation = patchOperation(version, patch, { guard, base });
  if (!operation.ok) return operation;
  return ok([{ intent, id: version.id, operation: operation.value, isGuarded: guard === undefined }]);
}

function settledDelete(intent: DeleteIntent, { versions }: SettlingNeeds): Result<readonly Settled[]> {
  const { type: kind, target, guard, index } = intent;
  if (typeof target === "string") {
    const operation: Operation = {
      action: "delete",
      kind,
      id: target,
      ...(guard === undefined ? {} : { ifMatch: guard }),
    };
    return ok([{ intent, id: target, operation, isGuarded: false }]);
  }
  const found = versions.get(index) ?? [];
  if (guard !== undefined && found.some(({ version }) => version !== guard)) return failed(atAnother(kind));
  return ok(found.map((version) => ({ intent, id: version.id, operation: deletionOf(version), isGuarded: true })));
}

function atAnother(kind: string) {
  return conflict("version-conflict", `What matches the condition is not the version of ${kind} that was named.`);
}

/** The resource as it will be written, before its links are resolved; undefined for a deletion. */
export function bodyOf({ operation }: Settled): JsonObject | undefined {
  return operation === undefined || operation.action === "delete" ? undefined : operation.body;
}
