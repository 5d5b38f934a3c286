import { failed, type JsonObject, ok, okUnless, type Problem, type Result, unsupported } from "#kernel";
import { isResourceType } from "#standards/fhir";
import { bareSearch, type Condition, conditionOf, oneCondition } from "../condition.ts";
import { appendOnlyProblem, idProblem, typeProblem } from "../interactions/sent.ts";
import { writeGuard } from "../precondition.ts";
import { type BundleEntry, inEntry } from "./entry.ts";

/** What an entry of a transaction wants written. */
export type Intent = CreateIntent | UpdateIntent | DeleteIntent;

interface Common {
  readonly index: number;
  readonly type: string;
}

interface Body {
  readonly fullUrl: string | undefined;
  readonly body: JsonObject;
}

export interface CreateIntent extends Common, Body {
  readonly does: "create";
  readonly condition: Condition | undefined;
}

export interface UpdateIntent extends Common, Body {
  readonly does: "update";
  /** The id in the address, or the condition in its place. */
  readonly target: string | Condition;
  readonly guard: number | undefined;
}

export interface DeleteIntent extends Common {
  readonly does: "delete";
  readonly id: string;
  readonly guard: number | undefined;
}

/** Problems, with their place in the Bundle: of the address, of ids, of conditions. */
export function intentOf(entry: BundleEntry): Result<Intent> {
  const intent = readIntent(entry);
  if (intent.ok) return intent;
  return okUnless(
    intent.problems.map((problem) => inEntry(entry.index, problem)),
    undefined as never,
  );
}

function readIntent(entry: BundleEntry): Result<Intent> {
  const { index, method, path, search, fullUrl, resource: body = {} } = entry;
  const [type = "", id, ...more] = path;
  if (!isResourceType(type) || more.length > 0) return failed(wrongAddress(index));
  const common = { index, type, fullUrl, body };
  const isPlain = search === undefined || search === "";
  if (method === "POST" && id === undefined && isPlain) return createIntent(common, entry);
  if (method === "PUT" && (id === undefined ? !isPlain : isPlain)) return updateIntent(common, entry);
  if (method === "DELETE" && id !== undefined && isPlain) return deleteIntent({ index, type, id }, entry);
  return failed(wrongAddress(index));
}

function wrongAddress(index: number): Problem {
  const where = `Bundle.entry[${index}].request.url`;
  return unsupported("unsupported-address", "Corridor does not do this in a transaction.", { where });
}

function createIntent(common: Common & Body, { headers }: BundleEntry): Result<Intent> {
  const { type, body } = common;
  const problem = typeProblem(type, body);
  if (problem !== undefined) return failed(problem);
  const search = headers["if-none-exist"];
  const condition = search === undefined ? ok(undefined) : conditionOf(type, bareSearch(search, type));
  return condition.ok ? ok({ does: "create", ...common, condition: condition.value }) : condition;
}

function updateIntent(common: Common & Body, entry: BundleEntry): Result<Intent> {
  const { type, body } = common;
  const id = entry.path[1];
  const problem =
    typeProblem(type, body) ?? appendOnlyProblem(type) ?? (id === undefined ? undefined : idProblem(type, id, body));
  if (problem !== undefined) return failed(problem);
  const guard = writeGuard(entry.headers);
  if (!guard.ok) return guard;
  if (id === undefined && guard.value !== undefined) return failed(oneCondition);
  const target = id === undefined ? conditionOf(type, entry.search ?? "") : ok(id);
  return target.ok ? ok({ does: "update", ...common, target: target.value, guard: guard.value }) : target;
}

function deleteIntent(common: Pick<DeleteIntent, "index" | "type" | "id">, { headers }: BundleEntry): Result<Intent> {
  const problem = appendOnlyProblem(common.type);
  if (problem !== undefined) return failed(problem);
  const guard = writeGuard(headers);
  return guard.ok ? ok({ does: "delete", ...common, guard: guard.value }) : guard;
}
