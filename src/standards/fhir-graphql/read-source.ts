import type { Json, JsonObject } from "#kernel";
import { countRead, type Execution, reportAt, type Spot } from "./execution.ts";
import { textOf } from "./value.ts";

export interface Reading {
  readonly type: string;
  readonly args: ReadonlyMap<string, Json>;
  readonly execution: Execution;
  readonly spot: Spot;
}

/** `Patient(id: …)`. One that is not there is an error. Source: FHIR R4 GraphQL §1.3. */
export async function readOne({ type, args, execution, spot }: Reading): Promise<readonly JsonObject[]> {
  const id = textOf(args.get("id") ?? args.get("_id"));
  if (id === undefined || args.size > 1) {
    reportAt(execution, spot, "wrong-argument", `${type} takes one argument, its id.`);
    return [];
  }
  if (!countRead(execution, spot)) return [];
  const found = await execution.port.read(type, id);
  if (found === undefined) reportAt(execution, spot, "not-found", `There is no such ${type}.`);
  return found === undefined ? [] : [found];
}
