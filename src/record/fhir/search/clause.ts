import { failed, ok, type Result, unavailable } from "#kernel";
import {
  addedSearchParameterOf,
  type Criterion,
  compositeParts,
  sameValuesAs,
  searchParameterOf,
} from "#standards/fhir";
import type { Clause } from "../../documents/clause.ts";
import { presenceBit, presenceKey } from "../fhir-entries.ts";
import { compositeClause } from "./composite-clause.ts";
import { anyClause, type ClauseSettings, type Reading, refused } from "./criterion-clause.ts";
import { dateBounds, instantBounds } from "./date-bounds.ts";
import { chainClause, reverseChainClause } from "./linked-clause.ts";
import { listClause } from "./list-clause.ts";
import { nearClause } from "./near-clause.ts";
import { numberBounds, quantityBounds } from "./number-bounds.ts";
import { referenceClause } from "./reference-clause.ts";
import { isSearchable } from "./searchable.ts";
import { stringClause, uriClause } from "./text-clause.ts";
import { identifierClause, termClause, tokenClause, typedClause, valueSetClause } from "./token-clause.ts";

type Of<K extends Criterion["kind"]> = Criterion & { readonly kind: K };

/**
 * One condition of a search as the record takes it. Problems: unsupported, code `unsupported-search`, for everything the
 * index has no answer for; never is a condition left out. `where` is the parameter as it was written.
 */
export function clauseOf(criterion: Criterion, where: string, settings: ClauseSettings): Result<Clause> {
  return readCriterion(criterion, {
    settings,
    where,
    inner: (within, innerSettings) => clauseOf(within, where, innerSettings),
  });
}

const notReady =
  "Resources are still being indexed by this parameter. $status of its SearchParameter says how far it is.";

function readCriterion(criterion: Criterion, reading: Reading): Result<Clause> {
  const { settings } = reading;
  if ("parameter" in criterion && criterion.kind !== "reverse-chain") {
    if (addedSearchParameterOf(settings.type, criterion.parameter)?.isReady === false) {
      return failed(unavailable("parameter-not-ready", notReady, { where: reading.where }));
    }
    if (!isSearchable(settings.type, criterion.parameter)) {
      return refused(reading, "Corridor does not search by this parameter.");
    }
  }
  switch (criterion.kind) {
    case "missing":
      return missingClause(criterion, reading);
    case "token":
      return tokenClause(criterion, reading);
    case "token-text":
      return ok(termClause(criterion, reading));
    case "token-in":
      return ok(valueSetClause(criterion, reading));
    case "token-of-type":
      return ok(typedClause(criterion, reading));
    case "string":
      return stringClause(criterion, reading);
    case "date":
      return ok(dateClause(criterion, settings));
    case "number":
      return ok(numberClause(criterion, settings.type));
    case "quantity":
      return quantityClause(criterion, reading);
    case "reference":
      return referenceClause(criterion, reading);
    case "reference-identifier":
      return ok(identifierClause(criterion, reading));
    case "uri":
      return uriClause(criterion, reading);
    case "composite":
      return compositeClause(criterion, reading);
    case "special":
      return listClause(criterion, reading);
    case "near":
      return nearClause(criterion, reading);
    case "chain":
      return chainClause(criterion, reading);
    case "reverse-chain":
      return reverseChainClause(criterion, reading);
    case "all":
    case "any":
    case "not":
      return filterClause(criterion, reading);
  }
}

function filterClause(criterion: Of<"all" | "any" | "not">, { inner, settings }: Reading): Result<Clause> {
  if (criterion.kind === "not") {
    const of = inner(criterion.of, settings);
    return of.ok ? ok({ is: "not", of: of.value }) : of;
  }
  const of: Clause[] = [];
  for (const part of criterion.of) {
    const clause = inner(part, settings);
    if (!clause.ok) return clause;
    of.push(clause.value);
  }
  return ok({ is: criterion.kind, of });
}

/** What the record itself gives to every document. */
const neverMissing = ["_id", "_lastUpdated"];

function missingClause({ parameter, missing }: Of<"missing">, reading: Reading): Result<Clause> {
  const { type } = reading.settings;
  if (neverMissing.includes(parameter)) return ok(missing ? { is: "never" } : { is: "all", of: [] });
  const present = presentClause(type, parameter);
  if (present === undefined || type === "AuditEvent") return refused(reading, ":missing has no meaning here.");
  return ok(missing ? { is: "not", of: present } : present);
}

/** A composite that stands under its components is there where all of them are. */
function presentClause(type: string, parameter: string): Clause | undefined {
  const definition = searchParameterOf(type, parameter);
  const parts = definition && compositeParts(type, definition);
  if (parts === undefined) {
    const bits = sameValuesAs(type, parameter).reduce((sum, code) => sum | presenceBit(type, code), 0n);
    const isHeld = definition !== undefined && !["_text", "_content"].includes(parameter) && bits !== 0n;
    if (addedSearchParameterOf(type, parameter) !== undefined) {
      return { is: "key", any: sameValuesAs(type, parameter).map(presenceKey) };
    }
    return isHeld ? { is: "present", parameter, bits } : undefined;
  }
  return anyClause(
    parts.map((part): Clause => {
      const codes = part.kind === "tuple" ? [parameter] : part.parameters;
      return {
        is: "all",
        of: codes.map((code) => ({ is: "present", parameter: code, bits: presenceBit(type, code) })),
      };
    }),
  );
}

function dateClause({ parameter, any }: Of<"date">, settings: ClauseSettings): Clause {
  // The only date of an entry of the audit log is the time it was written.
  if (parameter === "_lastUpdated" || settings.type === "AuditEvent") {
    return { is: "updated", any: any.flatMap((date) => instantBounds(date, settings.now)) };
  }
  const bounds = any.flatMap((date) => dateBounds(date, settings.now));
  return anyClause(
    sameValuesAs(settings.type, parameter).map((code) => ({ is: "date", parameter: code, any: bounds })),
  );
}

function numberClause({ parameter, any }: Of<"number">, type: string): Clause {
  const held = sameValuesAs(type, parameter);
  return { is: "number", any: held.flatMap((code) => any.flatMap((value) => numberBounds(code, value))) };
}

function quantityClause({ parameter, any }: Of<"quantity">, reading: Reading): Result<Clause> {
  const held = sameValuesAs(reading.settings.type, parameter);
  const bounds = held.flatMap((code) => any.map((value) => quantityBounds(code, value)));
  if (bounds.includes(undefined)) return refused(reading, "A unit is written system|code, or with its code alone.");
  return ok({ is: "number", any: bounds.flatMap((each) => each ?? []) });
}
