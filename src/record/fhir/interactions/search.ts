import { failed, incorrect, notFound, ok, type Result } from "#kernel";
import { goneProblem } from "../../documents/gone.ts";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import type { FhirContext } from "../context.ts";
import { find } from "../search-results/found.ts";
import {
  compartmentScope,
  type Scope,
  systemScope,
  typeScope,
  typesIn,
  wholeCompartment,
} from "../search-results/scope.ts";
import { readScoped } from "../search-results/scoped-request.ts";
import { searchset } from "../search-results/searchset.ts";
import { requestedType } from "./requested.ts";

type Search = (asked: Asked, context: FhirContext) => Promise<Result<Answer>>;

/** What a search goes through, by its address and its parameters. */
type ScopeOf = (asked: Asked, parameters: URLSearchParams, context: FhirContext) => Promise<Result<Scope>>;

const ofType: ScopeOf = async (asked) => {
  const type = requestedType(asked);
  return type.ok ? ok(typeScope(type.value)) : type;
};

/** `_type` says which types, and is no parameter of any of them. */
const ofSystem: ScopeOf = async (_asked, parameters) => systemScope(parameters.getAll("_type"));

/** Only of a resource that is there, and that the actor may read. Source: FHIR R4 §3.1.1.2 (compartments). */
const ofCompartment: ScopeOf = async ({ params, base }, parameters, { record }) => {
  const { type: kind = "", id = "", members = "*" } = params;
  const compartment = { kind, id, base };
  const scope = members === "*" ? wholeCompartment(compartment) : compartmentScope(compartment, members);
  if (scope === undefined) return failed(notFound("not-found", "The address names nothing that Corridor has."));
  const read = await record.read(kind, id);
  if (!read.ok) return read;
  if (read.value.action !== "delete") return members === "*" ? narrowed(scope, parameters.getAll("_type")) : ok(scope);
  return failed(goneProblem(read.value, `${kind}/${id}`));
};

/** Those of a compartment that `_type` names. */
function narrowed(scope: Scope, given: readonly string[]): Result<Scope> {
  if (given.length === 0) return ok(scope);
  const wanted = typesIn(given);
  if (!wanted.ok) return wanted;
  const types = scope.types.filter(({ type }) => wanted.value.includes(type));
  if (types.length > 0) return ok({ ...scope, types });
  return failed(
    incorrect("wrong-search-value", "_type names nothing that is in this compartment.", { where: "_type" }),
  );
}

/** Source: FHIR R4 §3.1.1 (search). */
export const searchType = byAddress(ofType);
export const searchSystem = byAddress(ofSystem);
export const searchCompartment = byAddress(ofCompartment);

/** `POST /fhir/Patient/_search`: the parameters of the form, after those of the address. Source: FHIR R4 §3.1.1.1. */
export const searchTypeByForm = byForm(ofType);
export const searchSystemByForm = byForm(ofSystem);
export const searchCompartmentByForm = byForm(ofCompartment);

function byAddress(scopeOf: ScopeOf): Search {
  return (asked, context) => searchIn(scopeOf, { asked, given: asked.query }, context);
}

function byForm(scopeOf: ScopeOf): Search {
  return async (asked, context) => {
    const form = asked.form();
    if (!form.ok) return form;
    return searchIn(scopeOf, { asked, given: new URLSearchParams([...asked.query, ...form.value]) }, context);
  };
}

interface Given {
  readonly asked: Asked;
  readonly given: URLSearchParams;
}

async function searchIn(scopeOf: ScopeOf, { asked, given }: Given, context: FhirContext): Promise<Result<Answer>> {
  const scope = await scopeOf(asked, given, context);
  if (!scope.ok) return scope;
  const { base, prefer } = asked;
  const { path } = scope.value;
  const parameters = new URLSearchParams(given);
  const types = path === "" || path.endsWith("/*") ? given.getAll("_type") : [];
  if (types.length > 0) parameters.delete("_type");
  const now = context.clock.now();
  const request = readScoped({ scope: scope.value, parameters, base, now, isLenient: prefer.isLenient });
  if (!request.ok) return request;
  const found = await find(request.value, context.record, base);
  if (!found.ok) return found;
  const used = new URLSearchParams(request.value.used);
  for (const type of types) used.append("_type", type);
  const address = { base, path, used, marked: request.value.used };
  const { settings } = request.value;
  return ok({ status: 200, body: searchset({ found: found.value, settings, address }) });
}
