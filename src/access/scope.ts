import { incorrect, okUnless, type Problem, type Result, unsupported } from "#kernel";
import { kindPermission } from "./grants.ts";
import { isPermission, permissionNames } from "./permissions.ts";
import { allFhirKinds, isFhirKind, type RecordAction } from "./policies/index.ts";

/** Source: SMART App Launch 2.2 §3.0.2.6: create, read (an item and its versions), update, delete, search (and history). */
const letters: Readonly<Record<string, readonly RecordAction[]>> = {
  c: ["create"],
  r: ["read"],
  u: ["update"],
  d: ["delete"],
  s: ["search", "history"],
};

const systemPattern = /^system\/(\*|[A-Za-z]+)\.(c?r?u?d?s?)$/;
/** By the name of a link: to send messages into it. */
const linkPattern = /^link\/[a-z0-9-]{1,40}$/;
const corridorPattern = /^corridor\/([a-z.]+)$/;

/**
 * The permissions that scopes give, in the form an actor holds them. Scopes stand apart by spaces:
 * `system/Observation.rs`, `system/*.cruds` for every FHIR type, `corridor/metrics.see` for a permission of Corridor,
 * `link/lab` to send messages into the link of that name, and nothing else.
 * Problems: incorrect `scope-invalid`; unsupported `scope-unsupported` for those of SMART that Corridor does not grant.
 */
export function parseScope(text: string): Result<ReadonlySet<string>> {
  const granted = new Set<string>();
  const problems: Problem[] = [];
  const scopes = text.split(" ").filter((scope) => scope !== "");
  if (scopes.length === 0) problems.push(incorrect("scope-invalid", "Give at least one scope, such as system/*.rs."));
  for (const scope of scopes) {
    const problem = addScope(granted, scope);
    if (problem !== undefined) problems.push(problem);
  }
  return okUnless(problems, granted);
}

function addScope(granted: Set<string>, scope: string): Problem | undefined {
  if (linkPattern.test(scope)) {
    granted.add(scope);
    return undefined;
  }
  const permission = corridorPattern.exec(scope)?.[1];
  if (permission !== undefined) return addPermission(granted, scope, permission);
  const [, type = "", actions = ""] = systemPattern.exec(scope) ?? [];
  if (type === "" || actions === "") return notUnderstood(scope);
  if (type !== "*" && !isFhirKind(type)) {
    return incorrect("scope-invalid", `${type} is not a FHIR R4 resource type.`, { where: scope });
  }
  for (const kind of type === "*" ? allFhirKinds() : [type]) {
    for (const letter of actions) {
      for (const action of letters[letter] ?? []) granted.add(kindPermission(kind, action));
    }
  }
  return undefined;
}

function addPermission(granted: Set<string>, scope: string, permission: string): Problem | undefined {
  if (!isPermission(permission)) {
    const known = permissionNames.join(", ");
    return incorrect("scope-invalid", `Corridor has no permission ${permission}. There are: ${known}.`, {
      where: scope,
    });
  }
  granted.add(permission);
  // The messages that the permission shows are documents, of a kind that no FHIR scope names.
  if (permission === "messages.read" || permission === "links.see") {
    for (const action of ["read", "search", "history"] as const) granted.add(kindPermission("LinkMessage", action));
  }
  return undefined;
}

function notUnderstood(scope: string): Problem {
  if (/^(patient|user)\//.test(scope)) {
    return unsupported("scope-unsupported", "Only system/ scopes are granted to scripts.", { where: scope });
  }
  if (scope.includes("?")) {
    return unsupported("scope-unsupported", "Scopes with search parameters are not granted.", { where: scope });
  }
  const message = "A scope is system/, a FHIR type or *, a dot, and some of the letters cruds in this order.";
  return incorrect("scope-invalid", message, { where: scope });
}
