import type { CodeSystemDefinition, ConceptDefinition } from "#standards/terminology";
import { type CodeSet, isNamed } from "./code-set.ts";
import { type Concept, propertyText, standing } from "./concept.ts";
import type { LocalCodeSystem } from "./local-system.ts";
import { groupsMeeting, isRelated, isWithin } from "./relation.ts";
import { searchText } from "./words.ts";

/** A CodeSystem compiled for look-ups. */
export class SmallCodeSystem implements LocalCodeSystem {
  readonly url: string;
  readonly version?: string;
  readonly name?: string;
  readonly title?: string;
  readonly isCaseSensitive: boolean;
  readonly isComplete: boolean;
  readonly isHierarchical: boolean;
  readonly #concepts: ReadonlyMap<string, Concept>;
  readonly #children = new Map<string, string[]>();
  readonly #ancestors = new Map<string, ReadonlySet<string>>();
  readonly #texts = new Map<Concept, string>();
  #list: readonly Concept[] | undefined;

  constructor(definition: CodeSystemDefinition) {
    const { url, version, name, title } = definition;
    this.url = url;
    if (version !== undefined) this.version = version;
    if (name !== undefined) this.name = name;
    if (title !== undefined) this.title = title;
    // Where nothing is said most systems mean what they write.
    this.isCaseSensitive = definition.caseSensitive !== false;
    this.isComplete = definition.content === "complete";
    this.#concepts = this.#compiled(definition.concept ?? [], definition.language);
    this.isHierarchical = this.#children.size > 0;
  }

  find(code: string): Concept | undefined {
    return this.#concepts.get(this.#keyOf(code));
  }

  list(): readonly Concept[] {
    this.#list ??= [...this.#concepts.values()];
    return this.#list;
  }

  children(code: string): readonly string[] {
    return this.#children.get(code) ?? [];
  }

  isBelow(code: string, ancestor: string): boolean {
    return code === ancestor || this.#ancestorsOf(code).has(ancestor);
  }

  searchText(concept: Concept): string {
    let text = this.#texts.get(concept);
    if (text === undefined) {
      text = searchText([concept.code, concept.display, ...concept.designations.map(({ value }) => value)]);
      this.#texts.set(concept, text);
    }
    return text;
  }

  test(concept: Concept, set: CodeSet): boolean {
    switch (set.is) {
      case "all":
        return true;
      case "codes":
        return set.codes.has(concept.code);
      case "below":
        return concept.code === set.code ? set.self : this.#ancestorsOf(concept.code).has(set.code);
      case "above":
        return concept.code === set.code ? set.self : this.#ancestorsOf(set.code).has(concept.code);
      case "value":
        return this.#values(concept, set.property).some((value) => set.any.includes(value));
      case "present":
        return this.#values(concept, set.property).length > 0;
      case "matches":
        return this.#values(concept, set.property).some((value) => set.pattern.test(value));
      case "under":
        return this.#isUnder(concept, set);
      case "over":
        return this.#isOver(concept, set);
      case "related":
        return isRelated(concept.properties, set.relation, this.#isIn);
      case "grouped":
        return isWithin(groupsMeeting(concept.properties, set.by, this.#isIn), set);
      case "valueOf":
        return this.list().some((from) => this.test(from, set.of) && this.#leadsTo(from, set.names, concept.code));
      case "and":
        return set.parts.every((part) => this.test(concept, part));
      case "or":
        return set.parts.some((part) => this.test(concept, part));
      case "not":
        return !this.test(concept, set.part);
    }
  }

  readonly #isIn = (code: string, set: CodeSet): boolean => {
    const concept = this.find(code);
    return concept === undefined ? isNamed(set, code) === true : this.test(concept, set);
  };

  #isUnder({ code, parents }: Concept, { of, isSelf, isDirect }: Extract<CodeSet, { is: "under" | "over" }>): boolean {
    const above = isDirect ? parents : [...this.#ancestorsOf(code)];
    return (isSelf && this.#isIn(code, of)) || above.some((each) => each !== code && this.#isIn(each, of));
  }

  #isOver({ code }: Concept, { of, isSelf, isDirect }: Extract<CodeSet, { is: "under" | "over" }>): boolean {
    if (isSelf && this.#isIn(code, of)) return true;
    if (isDirect) return this.children(code).some((each) => this.#isIn(each, of));
    return this.list().some((other) => this.#ancestorsOf(other.code).has(code) && this.test(other, of));
  }

  #leadsTo({ properties }: Concept, names: CodeSet, code: string): boolean {
    return properties.some((property) => property.valueCode === code && this.#isIn(property.code, names));
  }

  #values(concept: Concept, property: string): readonly string[] {
    switch (property) {
      case "code":
      case "concept":
        return [concept.code];
      case "display":
        return concept.display === undefined ? [] : [concept.display];
      case "parent":
        return concept.parents;
      case "child":
        return this.children(concept.code);
      default:
        return concept.properties.filter(({ code }) => code === property).map(propertyText);
    }
  }

  #keyOf(code: string): string {
    return this.isCaseSensitive ? code : code.toLowerCase();
  }

  /** A concept may stand in several places; the first says what it is, each says what it is under. */
  #compiled(roots: readonly ConceptDefinition[], language: string | undefined): ReadonlyMap<string, Concept> {
    const concepts = new Map<string, Concept>();
    const parents = parentsOf(roots);
    for (const definition of inOrder(roots)) {
      const key = this.#keyOf(definition.code);
      if (concepts.has(key)) continue;
      const above = [...(parents.get(definition.code) ?? [])];
      for (const parent of above) this.#addChild(parent, definition.code);
      concepts.set(key, conceptOf(definition, above, language));
    }
    return concepts;
  }

  #addChild(parent: string, child: string): void {
    const known = this.#children.get(parent);
    if (known === undefined) this.#children.set(parent, [child]);
    else known.push(child);
  }

  /** Worked out when asked for; a circle in the definition ends where it began. */
  #ancestorsOf(code: string): ReadonlySet<string> {
    const known = this.#ancestors.get(code);
    if (known !== undefined) return known;
    const ancestors = new Set<string>();
    const waiting = [...(this.find(code)?.parents ?? [])];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (ancestors.has(next)) continue;
      ancestors.add(next);
      waiting.push(...(this.find(next)?.parents ?? []));
    }
    this.#ancestors.set(code, ancestors);
    return ancestors;
  }
}

function* inOrder(definitions: readonly ConceptDefinition[]): Generator<ConceptDefinition> {
  for (const definition of definitions) {
    yield definition;
    if (definition.concept !== undefined) yield* inOrder(definition.concept);
  }
}

const upward: ReadonlySet<string> = new Set(["parent", "subsumedBy"]);

/** By where concepts stand, and by what their properties say. Source: FHIR R4 §4.8.7 (parent, child). */
function parentsOf(roots: readonly ConceptDefinition[]): ReadonlyMap<string, ReadonlySet<string>> {
  const parents = new Map<string, Set<string>>();
  const add = (child: string, parent: string) => {
    const known = parents.get(child);
    if (known === undefined) parents.set(child, new Set([parent]));
    else known.add(parent);
  };
  for (const { code, concept = [], property = [] } of inOrder(roots)) {
    for (const child of concept) add(child.code, code);
    for (const one of property) {
      if (upward.has(one.code)) add(code, propertyText(one));
      else if (one.code === "child") add(propertyText(one), code);
    }
  }
  return parents;
}

function conceptOf(definition: ConceptDefinition, parents: readonly string[], language: string | undefined): Concept {
  const { code, display, definition: meaning, designation = [], property = [] } = definition;
  return {
    code,
    ...(display === undefined ? {} : { display }),
    ...(language === undefined ? {} : { language }),
    ...(meaning === undefined ? {} : { definition: meaning }),
    ...standing(property),
    designations: designation,
    properties: property,
    parents,
  };
}
