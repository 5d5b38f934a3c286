import { failed, type Instant, ok, type Result, unsupported } from "#kernel";
import type { Criterion, ReferenceValue, StringValue, TokenValue } from "#standards/fhir";
import { narrowerThan, parseReference, plainTokenOf, resourceTypes, sameValuesAs } from "#standards/fhir";
import type { Clause } from "../../documents/query.ts";
import { systemKey, tokenKey } from "../fhir-entries.ts";
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
      return criterion.modifier === undefined ? ok(tokenClause(criterion, settings.type)) : refused(noModifier);
    case "string":
      return ok(stringClause(criterion, settings.type));
    case "date":
      return ok(dateClause(criterion, settings));
    case "reference":
      return criterion.modifier === undefined ? ok(referenceClause(criterion, settings)) : refused(noModifier);
    case "uri":
      if (criterion.modifier !== undefined) return refused(noModifier);
      return ok(anyKey(settings.type, criterion.parameter, (code) => criterion.any.map((value) => `${code}=${value}`)));
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

type Token = Criterion & { readonly kind: "token" };

function tokenClause({ parameter, any }: Token, type: string): Clause {
  if (parameter === "_id") return { is: "id", any: any.flatMap(({ system, code }) => (system ? [] : (code ?? []))) };
  return anyKey(type, parameter, (code) => any.flatMap((value) => tokenKeys(type, code, value)));
}

/** The keys under `parameter` of a type that a token is found by; a system that its values cannot have finds nothing. */
function tokenKeys(type: string, parameter: string, { system, code }: TokenValue): readonly string[] {
  const plain = plainTokenOf(type, parameter);
  if (plain === undefined) {
    if (code !== undefined) return [tokenKey(parameter, system, code)];
    return system === undefined ? [] : [systemKey(parameter, system)];
  }
  if (code === undefined || (system && !plain.systems.includes(system))) return [];
  return [tokenKey(parameter, undefined, code)];
}

/** Documents that carry one of these keys under the parameter, or under those that hold its values. */
function anyKey(type: string, parameter: string, keysUnder: (code: string) => readonly string[]): Clause {
  const keys = sameValuesAs(type, parameter).flatMap(keysUnder);
  return keys.length === 0 ? { is: "never" } : { is: "key", any: [...new Set(keys)] };
}

function stringClause({ parameter, modifier, any }: Criterion & { readonly kind: "string" }, type: string): Clause {
  const [held = parameter] = sameValuesAs(type, parameter);
  if (modifier === "exact") {
    const written = any.map(({ text, normalised }) => ({ text: normalised, written: text }));
    return { is: "written", parameter: held, any: written };
  }
  const texts = any.map(({ normalised }: StringValue) => normalised);
  return { is: "text", parameter: held, match: modifier === "contains" ? "contains" : "prefix", any: texts };
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
  { type, base }: ClauseSettings,
): Clause {
  const targets = [...new Set(any.flatMap((value) => targetsOf(value, base)))];
  return anyKey(type, parameter, (code) => targets.map((target) => `${holderOf(type, code, target)}=${target}`));
}

/** The parameter under which a reference stands: `patient` for those of `subject` that are to patients. */
function holderOf(type: string, code: string, target: string): string {
  const narrower = narrowerThan(type, code);
  return narrower !== undefined && parseReference(target)?.type === narrower.target ? narrower.code : code;
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
