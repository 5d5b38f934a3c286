import { failed, type Ids, incorrect, isId, okUnless, type Problem, type Result, unsupported } from "#kernel";
import { type BodyText, bodyText } from "./body.ts";
import type { Key, Kind } from "./document.ts";
import { type IndexEntries, type KindDefinition, noEntries } from "./index-entries.ts";
import type { Operation } from "./operation.ts";

/** An operation checked and made ready outside the commit, so that the commit does only what it must. */
export interface Prepared {
  readonly operation: Operation;
  readonly key: Key;
  /** The id was made here, so nothing in the record can have it. */
  readonly idIsNew: boolean;
  readonly text: BodyText;
  readonly entries: IndexEntries;
}

export type KindTable = ReadonlyMap<Kind, KindDefinition>;

/** Problems carry the place of the operation when there are several: `operation[2]: Patient.birthDate`. */
export function prepareAll(kinds: KindTable, ids: Ids, operations: readonly Operation[]): Result<readonly Prepared[]> {
  const prepared: Prepared[] = [];
  const problems: Problem[] = [];
  operations.forEach((operation, index) => {
    const result = prepare(kinds, ids, operation);
    if (result.ok) prepared.push(result.value);
    else problems.push(...result.problems.map((problem) => placed(problem, operations.length, index)));
  });
  return okUnless(problems, prepared);
}

/** The problem with the place of its operation, when there are several. */
export function placed(problem: Problem, operationCount: number, index: number): Problem {
  if (operationCount === 1) return problem;
  return { ...problem, where: `operation[${index}]${problem.where ? `: ${problem.where}` : ""}` };
}

function prepare(kinds: KindTable, ids: Ids, operation: Operation): Result<Prepared> {
  const definition = kinds.get(operation.kind);
  if (definition === undefined) {
    return failed(unsupported("unknown-kind", `The record keeps no documents of kind ${operation.kind}.`));
  }
  if (operation.id !== undefined && !isId(operation.id)) {
    return failed(incorrect("invalid-id", "An id is 1 to 64 letters, digits, hyphens or dots.", { where: "id" }));
  }
  const key = { kind: operation.kind, id: operation.id ?? ids.next() };
  const idIsNew = operation.id === undefined;
  if (operation.action === "delete") {
    return okUnless([], { operation, key, idIsNew, text: { meta: "", rest: "" }, entries: noEntries });
  }
  const { body } = operation;
  if (body.resourceType !== undefined && body.resourceType !== operation.kind) {
    const message = `The body says it is a ${String(body.resourceType)}, but ${operation.kind} was asked for.`;
    return failed(incorrect("wrong-kind", message, { where: "resourceType" }));
  }
  const problems = definition.check(body);
  if (problems.length > 0) return okUnless(problems, undefined as never);
  return okUnless([], { operation, key, idIsNew, text: bodyText(body), entries: definition.index(body) });
}
