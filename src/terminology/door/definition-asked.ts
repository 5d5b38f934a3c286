import { failed, incorrect, type JsonObject, ok, okUnless, type Result } from "#kernel";
import { type FhirContext, parseBody } from "#record";
import { checkResource } from "#standards/fhir";
import type { CodeSystemDefinition, ConceptMapDefinition, ValueSetDefinition } from "#standards/terminology";
import { type Canonical, canonicalText } from "../definitions/canonical.ts";
import type { DefinitionKind } from "../definitions/stored-definitions.ts";
import type { Terms } from "../terms.ts";
import type { CompiledValueSet } from "../value-sets/value-set.ts";
import type { InParameters } from "./in-parameters.ts";
import { canonicalAsked } from "./order.ts";

/** What an operation is asked on: nothing, or a document by its id. */
export interface Asked {
  readonly given: InParameters;
  readonly context: FhirContext;
  readonly id: string | undefined;
  readonly languages: readonly string[];
}

/** The document, as the caller may see it. Problems: not-found. */
async function stored<T>({ context }: Asked, kind: DefinitionKind, id: string): Promise<Result<T>> {
  const version = await context.record.read(kind, id);
  return version.ok ? ok(parseBody<T>(version.value)) : version;
}

/**
 * The value set that is named by its id, by `url` with `valueSetVersion`, or sent as `valueSet`. Problems: not-found; incorrect
 * `parameter-missing`, `not-value-set`; those of compiling, and of
 * checking one that is sent.
 */
export async function valueSetAsked(terms: Terms, asked: Asked): Promise<Result<CompiledValueSet>> {
  const { given, id } = asked;
  if (id !== undefined) {
    const definition = await stored<ValueSetDefinition>(asked, "ValueSet", id);
    return definition.ok ? terms.library.compile(definition.value) : definition;
  }
  const sent = given.resource("valueSet");
  if (sent !== undefined) return sentValueSet(terms, sent);
  const url = given.text("url");
  if (url === undefined) {
    const message = "Say which value set: by its id, by url, or send it as valueSet.";
    return failed(incorrect("parameter-missing", message, { where: "url" }));
  }
  const version = given.text("valueSetVersion");
  return terms.library.valueSet(version === undefined ? url : canonicalText(canonicalAsked(url, version)));
}

function sentValueSet({ library }: Terms, sent: JsonObject): Result<CompiledValueSet> {
  if (sent.resourceType !== "ValueSet") {
    return failed(incorrect("not-value-set", "The parameter valueSet must be a ValueSet.", { where: "valueSet" }));
  }
  const sound = okUnless(checkResource(sent), sent as unknown as ValueSetDefinition);
  return sound.ok ? library.compile(sound.value) : sound;
}

/** The code system that is named by its id or by `url`, `system` and `version`; undefined where nothing names one. */
export async function codeSystemAsked(asked: Asked, urlName: "url" | "system"): Promise<Result<Canonical | undefined>> {
  const { given, id } = asked;
  if (id !== undefined) {
    const definition = await stored<CodeSystemDefinition>(asked, "CodeSystem", id);
    if (!definition.ok) return definition;
    const { url, version } = definition.value;
    return ok(version === undefined ? { url } : { url, version });
  }
  const url = given.text(urlName);
  return ok(url === undefined ? undefined : canonicalAsked(url, given.text("version")));
}

/** The map that is named by its id or by `url` and `conceptMapVersion`; undefined where nothing names one. */
export async function conceptMapAsked(
  { library }: Terms,
  asked: Asked,
): Promise<Result<ConceptMapDefinition | undefined>> {
  const { given, id } = asked;
  if (id !== undefined) return stored<ConceptMapDefinition>(asked, "ConceptMap", id);
  const url = given.text("url");
  if (url === undefined) return ok(undefined);
  const canonical = canonicalText(canonicalAsked(url, given.text("conceptMapVersion")));
  const found = library.conceptMap(canonical);
  if (found !== undefined) return ok(found);
  return failed({ category: "not-found", code: "map-unknown", message: `There is no concept map ${canonical}.` });
}
