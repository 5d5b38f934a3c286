import type { ComposePart, ValueSetDefinition } from "#standards/terminology";

const snomed = "http://snomed.info/sct";
const loinc = "http://loinc.org";

/**
 * Value sets that have a url and no definition: `http://snomed.info/sct?fhir_vs=isa/73211009`, `http://loinc.org/vs`. A url of the
 * form `…/sct/MODULE/version/DATE?fhir_vs` names an edition. Undefined for any other url.
 * Source: FHIR R4 §4.3.1.0.7 (SNOMED CT implicit value sets), §4.3.2 (LOINC), §4.9.2.
 */
export function implicitValueSet(url: string): ValueSetDefinition | undefined {
  const include = snomedPart(url) ?? loincPart(url) ?? ucumPart(url);
  return include && { resourceType: "ValueSet", url, status: "active", compose: { include: [include] } };
}

function snomedPart(url: string): ComposePart | undefined {
  const [, edition, what] =
    /^(http:\/\/snomed\.info\/sct(?:\/\d+(?:\/version\/\d+)?)?)\?fhir_vs(?:=(.*))?$/s.exec(url) ?? [];
  if (edition === undefined) return undefined;
  const part = { system: snomed, ...(edition.includes("/version/") ? { version: edition } : {}) };
  if (what === undefined) return part;
  if (what.startsWith("ecl/"))
    return { ...part, filter: [{ property: "constraint", op: "=", value: plainText(what.slice(4)) }] };
  if (what === "refset") return { ...part, filter: [{ property: "memberOf", op: "exists", value: "true" }] };
  const [, kind, value = ""] = /^(isa|refset)\/(\d{6,18})$/.exec(what) ?? [];
  if (kind === "isa") return { ...part, filter: [{ property: "concept", op: "is-a", value }] };
  return kind === "refset" ? { ...part, filter: [{ property: "concept", op: "in", value }] } : undefined;
}

/** A url may have spaces and brackets as `%20` and the like, or as they are. */
function plainText(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

function loincPart(url: string): ComposePart | undefined {
  if (url === `${loinc}/vs`) return { system: loinc };
  const [, part] = /^http:\/\/loinc\.org\/vs\/(LP\d+-\d)$/.exec(url) ?? [];
  return part === undefined ? undefined : { system: loinc, filter: [{ property: "ancestor", op: "=", value: part }] };
}

function ucumPart(url: string): ComposePart | undefined {
  return url === "http://unitsofmeasure.org/vs" ? { system: "http://unitsofmeasure.org" } : undefined;
}
