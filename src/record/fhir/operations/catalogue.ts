import { diffOperation } from "./diff/diff.ts";
import { documentOperation } from "./document.ts";
import { encounterEverything, patientEverything } from "./everything.ts";
import { graphqlOperation } from "./graphql/graphql.ts";
import { lastnOperation } from "./lastn.ts";
import { duplicatesOperation } from "./match/duplicates.ts";
import { matchOperation } from "./match/match.ts";
import { metaAddOperation, metaDeleteOperation, metaOperation } from "./meta.ts";
import type { Operation } from "./operation.ts";
import { parameterStatusOperation } from "./parameter-status.ts";
import { validateOperation } from "./validate/validate.ts";

/** Every operation that Corridor does. */
export const operations: readonly Operation[] = [
  patientEverything,
  encounterEverything,
  metaOperation,
  metaAddOperation,
  metaDeleteOperation,
  documentOperation,
  lastnOperation,
  matchOperation,
  duplicatesOperation,
  validateOperation,
  graphqlOperation,
  parameterStatusOperation,
  diffOperation,
];

export function operationsOf(type: string): readonly Operation[] {
  return operations.filter(
    ({ types, levels }) => (types === undefined || types.includes(type)) && levels.some((level) => level !== "system"),
  );
}
