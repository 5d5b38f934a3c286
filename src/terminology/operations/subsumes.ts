import { failed, incorrect, notFound, ok, type Result } from "#kernel";
import type { Canonical } from "../definitions/canonical.ts";
import type { CodeSystemSource } from "../systems/source.ts";
import { findSystem, systemUnknown, type Terms } from "../terms.ts";
import { type OutParameters, parametersOf } from "./parameters.ts";

export interface SubsumesOrder {
  readonly system: Canonical;
  readonly codeA: string;
  readonly codeB: string;
}

export type Subsumption = "equivalent" | "subsumes" | "subsumed-by" | "not-subsumed";

/**
 * How two codes of one system are related. Problems: not-found `code-system-unknown`, `code-unknown`.
 * Source: FHIR R4, operation CodeSystem-subsumes.
 */
export async function subsumes(terms: Terms, { system, codeA, codeB }: SubsumesOrder): Promise<Result<OutParameters>> {
  const source = await findSystem(terms, system);
  if (source === undefined) return failed(systemUnknown(system));
  const found = await source.findMany([codeA, codeB]);
  const a = found.get(codeA) ?? (await source.find(codeA));
  const b = found.get(codeB) ?? (await source.find(codeB));
  if (a === undefined) return failed(unknownCode("codeA"));
  if (b === undefined) return failed(unknownCode("codeB"));
  const outcome = await relationOf(source, a.code, b.code);
  return ok(parametersOf([{ name: "outcome", valueCode: outcome }]));
}

export async function relationOf(source: CodeSystemSource, a: string, b: string): Promise<Subsumption> {
  if (a === b) return "equivalent";
  if (await source.isBelow(b, a)) return "subsumes";
  return (await source.isBelow(a, b)) ? "subsumed-by" : "not-subsumed";
}

function unknownCode(where: string) {
  return notFound("code-unknown", "The code system has no such code.", { where });
}

/** The one system that all agree on. Problems: incorrect `systems-differ`. */
export function oneSystem(urls: readonly (string | undefined)[]): Result<string> {
  const [url, ...others] = new Set(urls.filter((one) => one !== undefined));
  if (url !== undefined && others.length === 0) return ok(url);
  const message = "Both codes must be of one code system, which is named.";
  return failed(incorrect("systems-differ", message, { where: "system" }));
}
