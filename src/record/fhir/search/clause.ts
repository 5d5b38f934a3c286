import { failed, type Instant, ok, type Result, unsupported } from "#kernel";
import type { Criterion, ReferenceValue, StringValue, TokenValue } from "#standards/fhir";
import { resourceTypes } from "#standards/fhir";
import type { Clause } from "../../documents/query.ts";
import { exactKey, tokenKey } from "../kinds.ts";
import { dateBounds, instantBounds } from "./date-bounds.ts";
import { searchableParameters } from "./searchable.ts";

export interface ClauseSettings {
  /** The type that is searched. */
  readonly type: string;
  /** The address of this server, under which its own resources may be referred to; undefined: only relative ones. */
  readonly base?: string | undefined;
  readonly now: Instant;
}

/**
 * One condition of a search as the record takes it. Problems: unsupported, code `unsupported-search`, for everything the
 * index has no answer for; never is a condition left out. `where` is the parameter as it was written.
 */
export function clauseOf(criterion: Criterion, where: string, settings: ClauseSettings): Result<Clause> {
  const refused = (message: string) => failed(unsupported("unsupported-search", message, { where }));
  if (criterion.kind === "chain" || criterion.kind === "reverse-chain") {
    return refused("Corridor does not yet search by what is at the other end of a reference.");
  }
  if (!searchableParameters(settings.type).has(criterion.parameter)) {
    return refused("Corridor does not yet search by this parameter.");
  }
  switch (criterion.kind) {
    case "token":
      return criterion.modifier === undefined ? tokenClause(criterion, refused) : refused(noModifier);
    case "string":
      return ok(stringClause(criterion));
    case "date":
      return ok(dateClause(criterion, settings));
    case "reference":
      return criterion.modifier === undefined ? ok(referenceClause(criterion, settings)) : refused(noModifier);
    case "uri":
      if (criterion.modifier !== undefined) return refused(noModifier);
      return ok({ is: "key", any: criterion.any.map((value) => `${criterion.parameter}=${value}`) });
    case "missing":
    case "token-text":
    case "token-in":
    case "token-of-type":
    case "reference-identifier":
      return refused(noModifier);
    case "number":
    case "quantity":
    case "composite":
    case "special":
      return refused("Corridor does not yet search by this parameter.");
  }
}

const noModifier = "Corridor does not yet search with this modifier.";

type Refuse = (message: string) => Result<never>;

function tokenClause(
  { parameter, any }: { readonly parameter: string; readonly any: readonly TokenValue[] },
  refused: Refuse,
): Result<Clause> {
  if (parameter === "_id")
    return ok({ is: "id", any: any.flatMap(({ system, code }) => (system ? [] : (code ?? []))) });
  const keys: string[] = [];
  for (const { system, code } of any) {
    if (code === undefined) return refused("Corridor does not yet search by a system alone.");
    keys.push(tokenKey(parameter, system, code));
  }
  return ok({ is: "key", any: keys });
}

function stringClause({ parameter, modifier, any }: Criterion & { readonly kind: "string" }): Clause {
  if (modifier === "exact") return { is: "key", any: any.map(({ text }) => exactKey(parameter, text)) };
  const texts = any.map(({ normalised }: StringValue) => normalised);
  return { is: "text", parameter, match: modifier === "contains" ? "contains" : "prefix", any: texts };
}

function dateClause({ parameter, any }: Criterion & { readonly kind: "date" }, settings: ClauseSettings): Clause {
  // The only date of an entry of the audit log is the time it was written.
  if (parameter === "_lastUpdated" || settings.type === "AuditEvent") {
    return { is: "updated", any: any.flatMap((date) => instantBounds(date, settings.now)) };
  }
  return { is: "date", parameter, any: any.flatMap((date) => dateBounds(date, settings.now)) };
}

function referenceClause(
  { parameter, any }: Criterion & { readonly kind: "reference" },
  { base }: ClauseSettings,
): Clause {
  const targets = any.flatMap((value) => targetsOf(value, base));
  return { is: "key", any: [...new Set(targets)].map((target) => `${parameter}=${target}`) };
}

/** Every form in which a resource may have written the reference. Source: FHIR R4 §3.1.1.4.9 (reference). */
function targetsOf(value: ReferenceValue, base: string | undefined): readonly string[] {
  if (value.form === "url") {
    const isOwn = base !== undefined && value.url.startsWith(`${base}/`);
    return isOwn ? [value.url, value.url.slice(base.length + 1)] : [value.url];
  }
  const types = value.types.length === 0 ? resourceTypes : value.types;
  const relative = types.map((type) => `${type}/${value.id}`);
  return base === undefined ? relative : [...relative, ...relative.map((target) => `${base}/${target}`)];
}
