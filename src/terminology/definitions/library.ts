import { failed, limits, notFound, ok, type Result } from "#kernel";
import {
  type BuiltInTerminology,
  builtInTerminology,
  type CodeSystemDefinition,
  type ConceptMapDefinition,
  type ValueSetDefinition,
} from "#standards/terminology";
import { grammarSystems } from "../systems/grammar-systems.ts";
import type { LocalCodeSystem } from "../systems/local-system.ts";
import { SmallCodeSystem } from "../systems/small-system.ts";
import { compileValueSet } from "../value-sets/compile.ts";
import { implicitValueSet } from "../value-sets/implicit.ts";
import type { CompiledValueSet } from "../value-sets/value-set.ts";
import { type Canonical, canonicalText, compareVersions, isVersion, parseCanonical } from "./canonical.ts";
import type { DefinitionKind, StoredDefinition, StoredDefinitions } from "./stored-definitions.ts";

const noBuiltIn: BuiltInTerminology = { codeSystems: new Map(), valueSets: new Map(), conceptMaps: new Map() };

/**
 * Every definition by its canonical url: those of the record, then those that FHIR brings. Of several versions the newest,
 * unless one is named. What has been compiled is kept until a definition changes.
 */
export class Library {
  readonly #stored: StoredDefinitions;
  #builtIn: BuiltInTerminology = noBuiltIn;
  #generation = -1;
  #concepts = 0;
  readonly #systems = new Map<string, LocalCodeSystem | undefined>();
  readonly #valueSets = new Map<string, Result<CompiledValueSet>>();
  #maps: readonly ConceptMapDefinition[] | undefined;

  constructor(stored: StoredDefinitions) {
    this.#stored = stored;
  }

  async load(): Promise<void> {
    this.#builtIn = await builtInTerminology();
    this.#forgetAll();
  }

  /** A code system whose concepts are in a definition, or follow a grammar. */
  codeSystem(canonical: Canonical): LocalCodeSystem | undefined {
    this.#checkGeneration();
    const key = canonicalText(canonical);
    if (this.#systems.has(key)) return this.#systems.get(key);
    const system = grammarSystem(canonical) ?? this.#compiledSystem(canonical);
    this.#concepts += system?.list()?.length ?? 0;
    if (this.#concepts > limits.terminologyConceptsCompiledMax || this.#systems.size > limits.terminologyCompiledMax) {
      this.#systems.clear();
      this.#concepts = system?.list()?.length ?? 0;
    }
    this.#systems.set(key, system);
    return system;
  }

  /** Every code system that has concepts here or follows a grammar; of some there are several versions. */
  systems(): readonly Canonical[] {
    const stored = this.#stored
      .all("CodeSystem")
      .filter(({ text }) => hasConcepts(JSON.parse(text) as CodeSystemDefinition));
    const builtIn = [...this.#builtIn.codeSystems.values()].map((definition) => definition()).filter(hasConcepts);
    return [...stored, ...builtIn, ...grammarSystems.values()].map(({ url, version }) =>
      version === undefined ? { url } : { url, version },
    );
  }

  /** Problems: not-found `value-set-unknown`, and those of `compileValueSet`. */
  valueSet(canonical: string): Result<CompiledValueSet> {
    this.#checkGeneration();
    const known = this.#valueSets.get(canonical);
    if (known !== undefined) return known;
    const definition = this.valueSetDefinition(canonical);
    const compiled =
      definition === undefined
        ? failed(notFound("value-set-unknown", `There is no value set ${canonical}.`))
        : this.compile(definition);
    if (this.#valueSets.size >= limits.terminologyCompiledMax) this.#valueSets.clear();
    this.#valueSets.set(canonical, compiled);
    return compiled;
  }

  /** A value set that was sent, with those it names taken from here. */
  compile(definition: ValueSetDefinition): Result<CompiledValueSet> {
    return compileValueSet(definition, (canonical) => this.valueSetDefinition(canonical));
  }

  valueSetDefinition(canonical: string): ValueSetDefinition | undefined {
    // A url of SNOMED CT has no version behind a bar, but a question mark.
    const parsed = parseCanonical(canonical);
    return this.#definition("ValueSet", parsed, this.#builtIn.valueSets.get(parsed.url)) ?? implicitValueSet(canonical);
  }

  conceptMap(canonical: string): ConceptMapDefinition | undefined {
    const parsed = parseCanonical(canonical);
    return this.#definition("ConceptMap", parsed, this.#builtIn.conceptMaps.get(parsed.url));
  }

  conceptMaps(): readonly ConceptMapDefinition[] {
    this.#checkGeneration();
    this.#maps ??= [
      ...this.#stored.all("ConceptMap").map(({ text }) => JSON.parse(text) as ConceptMapDefinition),
      ...this.#builtIn.conceptMaps.values(),
    ];
    return this.#maps;
  }

  /** The document of the record under this id. Problems: not-found. */
  storedById<T>(kind: DefinitionKind, id: string): Result<T> {
    const stored = this.#stored.byId(kind, id);
    if (stored !== undefined) return ok(JSON.parse(stored.text) as T);
    return failed(notFound("not-found", `There is no ${kind}/${id}.`));
  }

  #compiledSystem(canonical: Canonical): LocalCodeSystem | undefined {
    const builtIn = this.#builtIn.codeSystems.get(canonical.url);
    const definition = this.#definition<CodeSystemDefinition>("CodeSystem", canonical, builtIn?.());
    if (definition === undefined || !hasConcepts(definition)) return undefined;
    return new SmallCodeSystem(definition);
  }

  #definition<T extends { readonly version?: string }>(
    kind: DefinitionKind,
    { url, version }: Canonical,
    builtIn: T | undefined,
  ): T | undefined {
    const fits = (other: { readonly version?: string }) => version === undefined || isVersion(other.version, version);
    const stored = this.#stored.byUrl(kind, url).filter(fits).reduce(newest, undefined);
    if (builtIn === undefined || !fits(builtIn)) return stored && (JSON.parse(stored.text) as T);
    if (stored === undefined || compareVersions(stored.version, builtIn.version) < 0) return builtIn;
    return JSON.parse(stored.text) as T;
  }

  #checkGeneration(): void {
    if (this.#generation !== this.#stored.generation) this.#forgetAll();
  }

  #forgetAll(): void {
    this.#generation = this.#stored.generation;
    this.#systems.clear();
    this.#valueSets.clear();
    this.#maps = undefined;
    this.#concepts = 0;
  }
}

function grammarSystem({ url, version }: Canonical): LocalCodeSystem | undefined {
  const system = grammarSystems.get(url);
  return version === undefined || isVersion(system?.version, version) ? system : undefined;
}

/** One without concepts only says that the system exists; a supplement is none. */
function hasConcepts({ content, concept = [] }: CodeSystemDefinition): boolean {
  return content !== "supplement" && concept.length > 0;
}

/** Of equal versions the one that was written last. */
function newest(a: StoredDefinition | undefined, b: StoredDefinition): StoredDefinition {
  if (a === undefined) return b;
  const order = compareVersions(a.version, b.version);
  return order > 0 || (order === 0 && a.position > b.position) ? a : b;
}
