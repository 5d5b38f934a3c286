import { ok, type Result } from "#kernel";
import {
  type Criterion,
  hierarchyOf,
  narrowedTo,
  narrowerThan,
  parseReference,
  type ReferenceValue,
  refersByUrl,
  resourceTypes,
  sameValuesAs,
} from "#standards/fhir";
import type { Clause } from "../../documents/clause.ts";
import { anyClause, anyKey, type Reading, refused } from "./criterion-clause.ts";

/** Source: FHIR R4 §3.1.1.4.12 (reference). */
export function referenceClause(
  { parameter, modifier, any }: Criterion & { readonly kind: "reference" },
  reading: Reading,
): Result<Clause> {
  const { type, base } = reading.settings;
  if (modifier !== undefined) return lineageClause({ parameter, modifier, any }, reading);
  const only = narrowedTo(type, parameter);
  const targets = [...new Set(any.flatMap((value) => targetsOf(withinTarget(value, only), base)))];
  return ok(anyKey(type, parameter, (code) => targets.map((target) => `${holderOf(type, code, target)}=${target}`)));
}

/**
 * `location:below=Location/hospital`: also what is part of the hospital, however deep. Of the types that an id alone may be
 * of, those with a hierarchy count. Source: FHIR R4 §3.1.1.4.12 (hierarchies).
 */
function lineageClause({ parameter, modifier: direction, any }: Lineage, reading: Reading): Result<Clause> {
  const { type, base } = reading.settings;
  if (refersByUrl(type, parameter)) return ok(versionsClause({ parameter, modifier: direction, any }, type));
  const ids = new Map<string, string[]>();
  for (const value of any) {
    const named = namedBy(value, base);
    const types = named.types.filter((target) => hierarchyOf(target) !== undefined);
    if (types.length === 0) return refused(reading, noHierarchy);
    for (const target of types) ids.set(target, [...(ids.get(target) ?? []), named.id]);
  }
  const prefixes = base === undefined ? [""] : ["", `${base}/`];
  return ok(
    anyClause(
      [...ids].map(([to, named]) => ({
        is: "lineage",
        parameters: holdersOf(type, parameter, to),
        to,
        ids: named,
        direction,
        partOf: hierarchyOf(to) ?? "",
        prefixes,
      })),
    ),
  );
}

interface Lineage {
  readonly parameter: string;
  readonly modifier: "above" | "below";
  readonly any: readonly ReferenceValue[];
}

/** `url|4` and below it `url|4.0.1`; without a version all of them. Source: FHIR R4 §3.1.1.4.12 (canonical urls). */
function versionsClause({ parameter, modifier, any }: Lineage, type: string): Clause {
  const named = any.flatMap((value) => (value.form === "url" ? [value.url] : []));
  if (modifier === "above") {
    const above = named.flatMap(versionsAbove);
    return anyKey(type, parameter, (code) => above.map((url) => `${code}=${url}`));
  }
  const equal = anyKey(type, parameter, (code) => named.map((url) => `${code}=${url}`));
  const versioned = named.filter((url) => url.includes("|")).map((url) => `${url}.`);
  const below = sameValuesAs(type, parameter).map(
    (code): Clause => ({ is: "text", parameter: code, match: "prefix", any: versioned }),
  );
  return versioned.length === 0 ? equal : anyClause([equal, ...below]);
}

/** `url|4.0.1`, `url|4.0` and `url|4`. */
function versionsAbove(url: string): readonly string[] {
  const [address = "", version] = url.split("|");
  const parts = version?.split(".") ?? [];
  return version === undefined ? [url] : parts.map((_, at) => `${address}|${parts.slice(0, at + 1).join(".")}`);
}

const noHierarchy = "What is named does not stand in a hierarchy that Corridor knows.";

function namedBy(
  value: ReferenceValue,
  base: string | undefined,
): { readonly types: readonly string[]; readonly id: string } {
  if (value.form === "id") return { types: value.types.length === 0 ? resourceTypes : value.types, id: value.id };
  const own = base !== undefined && value.url.startsWith(`${base}/`) ? parseReference(value.url) : undefined;
  return own === undefined ? { types: [], id: "" } : { types: [own.type], id: own.id };
}

/** The parameters under which references of a parameter to a type stand. */
export function holdersOf(type: string, parameter: string, target: string): readonly string[] {
  return [...new Set(sameValuesAs(type, parameter).map((code) => holderOfType(type, code, target)))];
}

/** The parameter under which a reference stands: `patient` for those of `subject` that are to patients. */
function holderOf(type: string, code: string, target: string): string {
  return holderOfType(type, code, parseReference(target)?.type);
}

export function holderOfType(type: string, code: string, target: string | undefined): string {
  const narrower = narrowerThan(type, code);
  return narrower !== undefined && target === narrower.target ? narrower.code : code;
}

/** An id alone is of the one type that references of the parameter are to, if there is one. */
function withinTarget(value: ReferenceValue, only: string | undefined): ReferenceValue {
  if (value.form !== "id" || only === undefined || value.types.length <= 1) return value;
  return value.types.includes(only) ? { ...value, types: [only] } : value;
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
