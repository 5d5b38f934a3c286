import { failed, type Instant, incorrect, limits, ok, okUnless, type Problem, type Result, unsupported } from "#kernel";
import { kindPermission } from "./grants.ts";
import { isPermission, permissionNames } from "./permissions.ts";
import { isResourceScope, parseResourceScope, type ResourceScope } from "./scopes/resource-scope.ts";
import { grantsOfScopes, type ScopeGrants } from "./scopes/scope-grants.ts";

/** By the name of a link: to send messages into it. */
const linkPattern = /^link\/[a-z0-9-]{1,40}$/;
const corridorPattern = /^corridor\/([a-z.]+)$/;

/**
 * The permissions that the scopes of a script give, in the form an actor holds them. Scopes stand apart by spaces:
 * `system/Observation.rs`, `system/*.cruds` for every FHIR type, `system/Observation.rs?category=laboratory` for some of one,
 * `corridor/metrics.see` for a permission of Corridor, `link/lab` to send messages into the link of that name, and nothing
 * else. Problems: incorrect `scope-invalid`; unsupported `scope-unsupported` for those of SMART that need a person.
 */
export function readScopes(text: string, now: Instant): Result<ScopeGrants> {
  const permissions = new Set<string>();
  const problems: Problem[] = [];
  const resources: ResourceScope[] = [];
  const scopes = text.split(" ").filter((scope) => scope !== "");
  if (scopes.length === 0) problems.push(incorrect("scope-invalid", "Give at least one scope, such as system/*.rs."));
  if (scopes.length > limits.scopesMax) {
    return failed(incorrect("scope-invalid", `Give at most ${limits.scopesMax} scopes.`));
  }
  for (const scope of scopes) {
    const problem = isResourceScope(scope) ? addResource(resources, scope) : addOwn(permissions, scope);
    if (problem !== undefined) problems.push(problem);
  }
  if (problems.length > 0) return okUnless<ScopeGrants>(problems, nothing);
  const granted = grantsOfScopes({ scopes: resources, now });
  if (!granted.ok) return granted;
  for (const permission of granted.value.permissions) permissions.add(permission);
  return ok({ permissions, constraints: granted.value.constraints });
}

const nothing: ScopeGrants = { permissions: new Set(), constraints: new Map() };

/** The same where no scope has a search. Problems: as `readScopes`; unsupported `scope-unsupported` for a search. */
export function parseScope(text: string): Result<ReadonlySet<string>> {
  const withSearch = text.split(" ").find((scope) => scope.includes("?"));
  if (withSearch !== undefined) {
    const message = "Scopes with search parameters are not granted here.";
    return failed(unsupported("scope-unsupported", message, { where: withSearch }));
  }
  const read = readScopes(text, 0 as Instant);
  return read.ok ? ok(read.value.permissions) : read;
}

function addResource(resources: ResourceScope[], scope: string): Problem | undefined {
  if (!scope.startsWith("system/")) {
    return unsupported("scope-unsupported", "Only system/ scopes are granted to scripts.", { where: scope });
  }
  const parsed = parseResourceScope(scope);
  if (!parsed.ok) return parsed.problems[0];
  resources.push(parsed.value);
  return undefined;
}

function addOwn(granted: Set<string>, scope: string): Problem | undefined {
  if (linkPattern.test(scope)) {
    granted.add(scope);
    return undefined;
  }
  const permission = corridorPattern.exec(scope)?.[1];
  if (permission === undefined) {
    const message = "A scope is system/, a FHIR type or *, a dot, and some of the letters cruds in this order.";
    return incorrect("scope-invalid", message, { where: scope });
  }
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
    granted.add(kindPermission("MappingDelay", "read"));
  }
  return undefined;
}
