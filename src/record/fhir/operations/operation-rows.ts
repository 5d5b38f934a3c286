import { failed, notFound, ok, type Result } from "#kernel";
import { isResourceType } from "#standards/fhir";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import type { FhirContext } from "../context.ts";
import { operations } from "./catalogue.ts";
import { givenParameters } from "./given.ts";
import type { Operation, OperationLevel } from "./operation.ts";
import { definitionPath, operationDefinition } from "./operation-definition.ts";
import { isForAddress } from "./parameter-value.ts";

export interface OperationRow {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly summary: string;
  readonly run: (asked: Asked, context: FhirContext) => Promise<Result<Answer>>;
}

/** The routes of all operations. Source: FHIR R4 §3.2.0.1. */
export const operationRows: readonly OperationRow[] = [
  ...operations.flatMap(rowsOf),
  ...operations.flatMap(definitionRow),
];

/** Where the definition of an operation that R4 does not have is read. */
function definitionRow(operation: Operation): readonly OperationRow[] {
  if (operation.definition !== undefined) return [];
  const run = async ({ base }: Asked): Promise<Result<Answer>> =>
    ok({ status: 200, body: JSON.stringify(operationDefinition(operation, base)) });
  const summary = `What the operation $${operation.code} does and takes`;
  return [{ method: "GET", path: definitionPath(operation), summary, run }];
}

function rowsOf(operation: Operation): readonly OperationRow[] {
  const types = operation.types ?? [":type"];
  return operation.levels.flatMap((level) =>
    (level === "system" ? [""] : types).flatMap((type) =>
      methodsOf(operation).map((method) => ({
        method,
        path: pathOf(level, type, operation.code),
        summary: operation.title,
        run: (asked, context) => invoke(operation, { asked, type: type.startsWith(":") ? undefined : type }, context),
      })),
    ),
  );
}

/** By GET, what changes nothing and needs nothing that an address cannot hold. */
function methodsOf({ affectsState, parameters }: Operation): readonly ("GET" | "POST")[] {
  const needsBody = parameters.some(({ type, isRequired }) => isRequired === true && !isForAddress(type));
  return affectsState || needsBody ? ["POST"] : ["GET", "POST"];
}

function pathOf(level: OperationLevel, type: string, code: string): string {
  const at = { system: [], type: [type], instance: [type, ":id"], version: [type, ":id", "_history", ":version"] };
  return [...at[level], `$${code}`].join("/");
}

const nothingGiven = { given: new Map(), search: new URLSearchParams() };

interface Call {
  readonly asked: Asked;
  /** Where the route itself names it. */
  readonly type: string | undefined;
}

async function invoke(operation: Operation, { asked, type }: Call, context: FhirContext): Promise<Result<Answer>> {
  const { type: named = "", id = "", version = "" } = asked.params;
  const of = type ?? named;
  if (of !== "" && !isResourceType(of)) {
    return failed(notFound("unknown-resource-type", "The address names a type that FHIR R4 does not have."));
  }
  const given = operation.readsItself === true ? ok(nothingGiven) : givenParameters(operation, asked);
  if (!given.ok) return given;
  return operation.run({ asked, type: of, id, version, ...given.value }, context);
}
