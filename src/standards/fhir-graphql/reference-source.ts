import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { countRead, type Execution, reportAt, type Spot } from "./execution.ts";

export interface Resolving {
  /** The Reference. */
  readonly object: JsonObject;
  /** The resource it stands in, with its contained resources. */
  readonly root: JsonObject;
  readonly args: ReadonlyMap<string, Json>;
  readonly execution: Execution;
  readonly spot: Spot;
}

/**
 * What `resource` of a Reference is: the resource, or nothing where it is of another type than `type` asks for. One that is not
 * found is an error, unless it is `optional`. Source: FHIR R4 GraphQL §1.4 (resolving references).
 */
export async function resolve(resolving: Resolving): Promise<readonly JsonObject[]> {
  const { args, execution, spot } = resolving;
  for (const name of args.keys()) {
    if (name === "optional" || name === "type") continue;
    reportAt(execution, spot, "unknown-argument", `There is no argument ${name} here.`);
  }
  const target = await targetOf(resolving);
  if (target === undefined) {
    if (args.get("optional") !== true) {
      reportAt(execution, spot, "reference-not-resolved", "The reference points at nothing that can be read.");
    }
    return [];
  }
  const type = args.get("type");
  return type === undefined || type === target.resourceType ? [target] : [];
}

async function targetOf({ object, root, execution, spot }: Resolving): Promise<JsonObject | undefined> {
  const { reference } = object;
  if (typeof reference !== "string") return undefined;
  if (reference.startsWith("#")) return containedIn(root, reference.slice(1));
  let found = execution.resolved.get(reference);
  if (found === undefined) {
    if (!countRead(execution, spot)) return undefined;
    found = execution.port.resolve(reference);
    execution.resolved.set(reference, found);
  }
  return found;
}

/** `#` alone is the container itself. Source: FHIR R4 §2.3.0.4. */
function containedIn(root: JsonObject, id: string): JsonObject | undefined {
  if (id === "") return root;
  const contained = Array.isArray(root.contained) ? (root.contained as readonly Json[]) : [];
  return contained.filter(isJsonObject).find((resource) => resource.id === id);
}
