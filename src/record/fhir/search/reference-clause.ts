import { ok, type Result } from "#kernel";
import { type Criterion, narrowerThan, parseReference, type ReferenceValue, resourceTypes } from "#standards/fhir";
import type { Clause } from "../../documents/clause.ts";
import { anyKey, type Reading, refused } from "./criterion-clause.ts";

/** Source: FHIR R4 §3.1.1.4.12 (reference). */
export function referenceClause(
  { parameter, modifier, any }: Criterion & { readonly kind: "reference" },
  reading: Reading,
): Result<Clause> {
  const { type, base } = reading.settings;
  if (modifier !== undefined) {
    return refused(reading, "Corridor does not search references by a hierarchy of what they point at.");
  }
  const targets = [...new Set(any.flatMap((value) => targetsOf(value, base)))];
  return ok(anyKey(type, parameter, (code) => targets.map((target) => `${holderOf(type, code, target)}=${target}`)));
}

/** The parameter under which a reference stands: `patient` for those of `subject` that are to patients. */
function holderOf(type: string, code: string, target: string): string {
  return holderOfType(type, code, parseReference(target)?.type);
}

export function holderOfType(type: string, code: string, target: string | undefined): string {
  const narrower = narrowerThan(type, code);
  return narrower !== undefined && target === narrower.target ? narrower.code : code;
}

/** Every form in which a resource may have written the reference. Source: FHIR R4 §3.1.1.4.9 (reference). */
function targetsOf(value: ReferenceValue, base: string | undefined): readonly string[] {
  if (value.form === "url") {
    const isOwn = base !== undefined && value.url.startsWith(`${base}/`);
    return isOwn ? [value.url, value.url.slice(base.length + 1)] : [value.url];
  }
  const types = value.types.length === 0 ? resourceTypes : value.types;
  const relative = types.map((type) => `${type}/${value.id}`);
  return base === undefined ? relative : [...relative, ...relative.map((target) => `${base}/${target}`)];
}
