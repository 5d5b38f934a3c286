import { failed, incorrect, ok, type Result, unsupported } from "#kernel";
import { compartmentMembers, isResourceType, resourceTypes } from "#standards/fhir";
import type { Clause } from "../../documents/query.ts";
import { pointingAt } from "../search/reference-keys.ts";

/** What a search goes through. */
export interface Scope {
  /** Below the address of the FHIR door; empty for all of it. */
  readonly path: string;
  /** At least one. */
  readonly types: readonly ScopedType[];
  /** Types that the actor may not search are passed over, as nobody named them. */
  readonly isOpen: boolean;
}

export interface ScopedType {
  readonly type: string;
  /** What holds besides what the search asks for. */
  readonly within?: Clause;
}

export function typeScope(type: string): Scope {
  return { path: type, types: [{ type }], isOpen: false };
}

/** The log counts its entries by itself, so they cannot be put in one order with what the record holds. */
const isOfTheRecord = (type: string) => type !== "AuditEvent";

/** Every type, or those of `_type`. Problems: those of `typesIn`. Source: FHIR R4 §3.1.1.2 (search context, _type). */
export function systemScope(given: readonly string[]): Result<Scope> {
  if (given.length === 0) {
    const types = resourceTypes.filter(isOfTheRecord).map((type) => ({ type }));
    return ok({ path: "", types, isOpen: true });
  }
  const types = typesIn(given);
  if (!types.ok) return types;
  return ok({ path: "", types: types.value.map((type) => ({ type })), isOpen: false });
}

/**
 * The types of a `_type` parameter, each once. Problems: incorrect for what is no type; unsupported for AuditEvent beside
 * others.
 */
export function typesIn(given: readonly string[]): Result<readonly string[]> {
  const types = [...new Set(given.flatMap((text) => text.split(",")))];
  if (!types.every(isResourceType)) {
    const message = "_type must name resource types of FHIR R4, with commas between them.";
    return failed(incorrect("wrong-search-value", message, { where: "_type" }));
  }
  if (types.length > 1 && !types.every(isOfTheRecord)) {
    const message = "AuditEvents are searched by themselves.";
    return failed(unsupported("unsupported-search", message, { where: "_type" }));
  }
  return ok(types);
}

export interface Compartment {
  readonly kind: string;
  readonly id: string;
  /** The address of this server. */
  readonly base: string;
}

/** One type of a compartment; undefined where R4 has none of it there. */
export function compartmentScope(compartment: Compartment, type: string): Scope | undefined {
  const { kind, id } = compartment;
  const types = membersOf(compartment).filter((member) => member.type === type);
  return types.length === 0 ? undefined : { path: `${kind}/${id}/${type}`, types, isOpen: false };
}

/** All that is in a compartment. Source: FHIR R4 §3.1.1.2 (`Patient/1/*`). */
export function wholeCompartment(compartment: Compartment): Scope | undefined {
  const { kind, id } = compartment;
  const types = membersOf(compartment).filter(({ type }) => isOfTheRecord(type));
  return types.length === 0 ? undefined : { path: `${kind}/${id}/*`, types, isOpen: true };
}

function membersOf({ kind, id, base }: Compartment): readonly ScopedType[] {
  return compartmentMembers(kind).map(({ type, parameters }) => ({
    type,
    within: pointingAt({ type, parameters, targets: [`${kind}/${id}`], base }),
  }));
}
