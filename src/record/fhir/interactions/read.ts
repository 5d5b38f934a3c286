import { failed, notFound, ok, type Result } from "#kernel";
import type { Version } from "../../documents/document.ts";
import { goneProblem } from "../../documents/gone.ts";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import type { FhirContext } from "../context.ts";
import { isKnownToCaller } from "../precondition.ts";
import { type Subset, subsetText } from "../subset.ts";
import { checkParameters, requestedSubset, requestedType } from "./requested.ts";

/** Source: FHIR R4 §3.1.0.2 (read). */
export async function readNewest(asked: Asked, { record }: FhirContext): Promise<Result<Answer>> {
  const type = requestedType(asked);
  if (!type.ok) return type;
  return readWith(asked, type.value, () => record.read(type.value, asked.params.id ?? ""));
}

/** Source: FHIR R4 §3.1.0.3 (vread). */
export async function readOneVersion(asked: Asked, { record }: FhirContext): Promise<Result<Answer>> {
  const type = requestedType(asked);
  if (!type.ok) return type;
  const { id = "", version = "" } = asked.params;
  if (!/^[1-9]\d{0,8}$/.test(version)) {
    return failed(notFound("not-found", `There is no ${type.value}/${id} version ${version}.`));
  }
  return readWith(asked, type.value, () => record.readVersion(type.value, id, Number(version)));
}

async function readWith(asked: Asked, type: string, read: () => Promise<Result<Version>>): Promise<Result<Answer>> {
  const subset = subsetOf(asked, type);
  if (!subset.ok) return subset;
  const found = await read();
  if (!found.ok) return found;
  const version = found.value;
  if (version.action === "delete") return failed(goneProblem(version, `${type}/${version.id}`));
  if (isKnownToCaller(version, asked.headers)) return ok({ status: 304, version });
  const body = subset.value === undefined ? version.body : subsetText(version, subset.value);
  return ok({ status: 200, version, body });
}

function subsetOf(asked: Asked, type: string): Result<Subset | undefined> {
  if (asked.query.size === 0) return ok(undefined);
  const known = checkParameters(asked, ["_elements", "_summary"]);
  return known.ok ? requestedSubset(asked, type) : known;
}
