import { failed, incorrect, type JsonObject, ok, okUnless, type Problem, type Result } from "#kernel";
import { isResourceType } from "#standards/fhir";
import { bareSearch, type Condition, type ConditionNeeds, conditionOf } from "../condition.ts";
import { reservedContentProblem } from "../interactions/binary-content.ts";
import { unconditional } from "../interactions/create.ts";
import { appendOnlyProblem, idProblem, typeProblem } from "../interactions/sent.ts";
import { entryPatch, type Patch } from "../patch.ts";
import { writeGuard } from "../precondition.ts";
import { type BundleEntry, inEntry } from "./entry.ts";

/** What an entry of a transaction wants written. */
export type Intent = CreateIntent | UpdateIntent | PatchIntent | DeleteIntent;

interface Common {
  readonly index: number;
  readonly type: string;
}

interface Body {
  readonly fullUrl: string | undefined;
  readonly body: JsonObject;
}

/** What an entry names: the id in the address, or the condition in its place. */
export type Target = string | Condition;

export interface CreateIntent extends Common, Body {
  readonly does: "create";
  readonly condition: Condition | undefined;
}

export interface UpdateIntent extends Common, Body {
  readonly does: "update";
  readonly target: Target;
  readonly guard: number | undefined;
}

export interface PatchIntent extends Common {
  readonly does: "patch";
  readonly fullUrl: string | undefined;
  readonly target: Target;
  readonly guard: number | undefined;
  readonly patch: Patch;
}

export interface DeleteIntent extends Common {
  readonly does: "delete";
  /** A condition: all that match. */
  readonly target: Target;
  readonly guard: number | undefined;
}

/** Problems, with their place in the Bundle: of the address, of ids, of conditions, of patches. */
export function intentOf(entry: BundleEntry, needs: ConditionNeeds): Result<Intent> {
  const intent = readIntent(entry, needs);
  if (intent.ok) return intent;
  return okUnless(
    intent.problems.map((problem) => inEntry(entry.index, problem)),
    undefined as never,
  );
}

function readIntent(entry: BundleEntry, needs: ConditionNeeds): Result<Intent> {
  const { index, method, path, search, fullUrl, resource: body = {} } = entry;
  const [type = "", id, ...more] = path;
  const isPlain = search === undefined || search === "";
  // An address has an id or a condition; a create has neither.
  const isSound = method === "POST" ? id === undefined && isPlain : (id === undefined) !== isPlain;
  if (!isResourceType(type) || more.length > 0 || !isSound) return failed(wrongAddress(index));
  if (method === "POST") return createIntent({ index, type, fullUrl, body }, entry, needs);
  const refused = appendOnlyProblem(type);
  if (refused !== undefined) return failed(refused);
  const guard = writeGuard(entry.headers);
  if (!guard.ok) return guard;
  const target = id === undefined ? conditionOf(type, search ?? "", needs) : ok(id);
  if (!target.ok) return target;
  const common = { index, type, target: target.value, guard: guard.value };
  switch (method) {
    case "PUT":
      return updateIntent({ ...common, fullUrl, body });
    case "PATCH": {
      const patch = entryPatch(body);
      return patch.ok ? ok({ does: "patch", ...common, fullUrl, patch: patch.value }) : patch;
    }
    case "DELETE":
      return ok({ does: "delete", ...common });
    case "GET":
      return failed(wrongAddress(index));
  }
}

function wrongAddress(index: number): Problem {
  const where = `Bundle.entry[${index}].request.url`;
  return incorrect("wrong-address", "Corridor does not do this in a transaction.", { where });
}

/** Of a body that is written whole. */
function bodyProblem(type: string, body: JsonObject): Problem | undefined {
  return typeProblem(type, body) ?? reservedContentProblem(body);
}

function createIntent(common: Common & Body, { headers }: BundleEntry, needs: ConditionNeeds): Result<Intent> {
  const { type, body } = common;
  const problem = bodyProblem(type, body);
  if (problem !== undefined) return failed(problem);
  const search = headers["if-none-exist"];
  if (search === undefined) return ok({ does: "create", ...common, condition: undefined });
  if (type === "AuditEvent") return failed(unconditional);
  const condition = conditionOf(type, bareSearch(search, type), needs);
  return condition.ok ? ok({ does: "create", ...common, condition: condition.value }) : condition;
}

function updateIntent(given: Omit<UpdateIntent, "does">): Result<Intent> {
  const { type, target, body } = given;
  const problem = bodyProblem(type, body) ?? (typeof target === "string" ? idProblem(type, target, body) : undefined);
  return problem === undefined ? ok({ does: "update", ...given }) : failed(problem);
}
