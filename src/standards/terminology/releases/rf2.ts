import { failed, incorrect, type Result } from "#kernel";
import type { Coding, ConceptProperty, Designation } from "../definition.ts";
import { checkRelease } from "./check.ts";
import type { Release, ReleaseConcept, ReleaseNames } from "./release.ts";
import { columnsOf, type Row } from "./rows.ts";

const snomed = "http://snomed.info/sct";
const isA = "116680003";
const fullySpecifiedName = "900000000000003001";
const preferred = "900000000000548007";
const sufficientlyDefined = "900000000000073002";
const coreModule = "900000000000207008";

/** How a concept is called is taken from the first of these that has an opinion: NHS clinical and drugs, British, American English. */
const languageSets: readonly string[] = [
  "999001261000000100",
  "999000691000001104",
  "900000000000508004",
  "900000000000509007",
];

const uses: Readonly<Record<string, Coding>> = {
  [fullySpecifiedName]: { system: snomed, code: fullySpecifiedName, display: "Fully specified name" },
  "900000000000013009": { system: snomed, code: "900000000000013009", display: "Synonym" },
};

/** In the order in which the files must be read. */
export const rf2Kinds = ["language", "concept", "description", "relationship", "concrete", "members"] as const;

export type Rf2Kind = (typeof rf2Kinds)[number];

const fileNames: Readonly<Record<Rf2Kind, RegExp>> = {
  language: /^x?der2_cRefset_[A-Za-z]*Language[A-Za-z]*Snapshot.*\.txt$/,
  concept: /^x?sct2_Concept_[A-Za-z]*Snapshot.*\.txt$/,
  description: /^x?sct2_Description_[A-Za-z]*Snapshot.*\.txt$/,
  relationship: /^x?sct2_Relationship_[A-Za-z]*Snapshot.*\.txt$/,
  concrete: /^x?sct2_RelationshipConcreteValues_[A-Za-z]*Snapshot.*\.txt$/,
  members: /^x?der2_Refset_[A-Za-z]*Simple[A-Za-z]*Snapshot.*\.txt$/,
};

/** What a file of a release holds; undefined for those that are not read. Source: SNOMED CT Release File Specification §3.3.2. */
export function rf2Kind(fileName: string): Rf2Kind | undefined {
  return rf2Kinds.find((kind) => fileNames[kind].test(fileName));
}

/**
 * The edition and date by the name of a file of the international edition; undefined for a national one, whose name does not say
 * its module.
 */
export function rf2Version(fileName: string): string | undefined {
  const [, date] = /_INT_(\d{8})\.txt$/.exec(fileName) ?? [];
  return date === undefined ? undefined : `${snomed}/${coreModule}/version/${date}`;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A part of a text keeps the whole of it in memory: of files this large, that would be all of them. */
function ownText(text: string): string {
  return decoder.decode(encoder.encode(text));
}

interface Building {
  isActive: boolean;
  readonly properties: ConceptProperty[];
  readonly parents: string[];
  readonly designations: Designation[];
  display?: string;
  language?: string;
  displayRank: number;
  fullName?: string;
}

const columns = {
  language: ["active", "refsetId", "referencedComponentId", "acceptabilityId"],
  concept: ["id", "effectiveTime", "active", "moduleId", "definitionStatusId"],
  description: ["id", "active", "conceptId", "languageCode", "typeId", "term"],
  relationship: ["active", "sourceId", "destinationId", "relationshipGroup", "typeId"],
  concrete: ["active", "sourceId", "value", "relationshipGroup", "typeId"],
  members: ["active", "refsetId", "referencedComponentId"],
} as const satisfies Readonly<Record<Rf2Kind, readonly string[]>>;

/**
 * Puts a SNOMED CT release together from the rows of its snapshot files. Of relationships, those of the type *is a* make the hierarchy,
 * others are properties with their groups, and so are concrete values; membership of simple reference sets is the property `memberOf`.
 */
export class SnomedRelease {
  readonly #concepts = new Map<string, Building>();
  /** Of a description: how early in `languageSets` it is preferred. */
  readonly #ranks = new Map<string, number>();
  readonly #codes = new Map<string, string>();

  /** How to read the rows behind the first row of a file. Problems: incorrect `column-missing`. */
  reader(kind: Rf2Kind, header: Row): Result<(row: Row) => void> {
    const found = columnsOf(header, columns[kind]);
    if (!found.ok) return found;
    const at: Readonly<Record<string, number>> = found.value;
    const take = (row: Row) => {
      const cells = (name: string) => row[at[name] ?? -1] ?? "";
      this.#take(kind, cells);
    };
    return { ok: true, value: take };
  }

  #take(kind: Rf2Kind, cell: (name: string) => string): void {
    if (kind === "concept") this.#concept(cell);
    else if (cell("active") !== "1") return;
    else if (kind === "language") this.#language(cell);
    else if (kind === "description") this.#description(cell);
    else if (kind === "relationship") this.#relationship(cell);
    else if (kind === "concrete") this.#concreteValue(cell);
    else this.#member(cell);
  }

  #language(cell: (name: string) => string): void {
    const rank = languageSets.indexOf(cell("refsetId"));
    if (rank === -1 || cell("acceptabilityId") !== preferred) return;
    const description = ownText(cell("referencedComponentId"));
    this.#ranks.set(description, Math.min(rank, this.#ranks.get(description) ?? rank));
  }

  #concept(cell: (name: string) => string): void {
    if (cell("id") === "") return;
    this.#concepts.set(this.#code(cell("id")), {
      isActive: cell("active") === "1",
      properties: [
        { code: "sufficientlyDefined", valueBoolean: cell("definitionStatusId") === sufficientlyDefined },
        { code: "moduleId", valueCode: this.#code(cell("moduleId")) },
        { code: "effectiveTime", valueString: this.#code(cell("effectiveTime")) },
      ],
      parents: [],
      designations: [],
      displayRank: Number.POSITIVE_INFINITY,
    });
  }

  #description(cell: (name: string) => string): void {
    const concept = this.#concepts.get(cell("conceptId"));
    const type = cell("typeId");
    if (concept === undefined) return;
    const use = uses[type];
    const value = ownText(cell("term"));
    const language = this.#code(cell("languageCode"));
    concept.designations.push({
      language,
      ...(use === undefined ? {} : { use }),
      value,
    });
    if (type === fullySpecifiedName) {
      concept.fullName ??= value;
      return;
    }
    const rank = this.#ranks.get(cell("id")) ?? languageSets.length;
    if (rank >= concept.displayRank) return;
    concept.displayRank = rank;
    concept.display = value;
    concept.language = language;
  }

  #relationship(cell: (name: string) => string): void {
    const concept = this.#concepts.get(cell("sourceId"));
    if (concept === undefined) return;
    const target = this.#code(cell("destinationId"));
    if (cell("typeId") === isA) concept.parents.push(target);
    else concept.properties.push({ code: this.#code(cell("typeId")), valueCode: target, ...groupOf(cell) });
  }

  /** `#500` is a number, anything else a text, which may stand in quotes. Source: Release File Specification §4.2.4. */
  #concreteValue(cell: (name: string) => string): void {
    const code = this.#code(cell("typeId"));
    const written = cell("value");
    const number = /^#[+-]?\d+(?:\.\d+)?$/.test(written) ? Number(written.slice(1)) : undefined;
    const value =
      number === undefined ? { valueString: ownText(written.replace(/^"(.*)"$/s, "$1")) } : { valueDecimal: number };
    this.#concepts.get(cell("sourceId"))?.properties.push({ code, ...value, ...groupOf(cell) });
  }

  #member(cell: (name: string) => string): void {
    const concept = this.#concepts.get(cell("referencedComponentId"));
    concept?.properties.push({ code: "memberOf", valueCode: this.#code(cell("refsetId")) });
  }

  /** One text for a code, however often it comes. */
  #code(text: string): string {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const own = ownText(text);
    this.#codes.set(own, own);
    return own;
  }

  /** All that was read. Problems: incorrect `name-missing` without a version, and those of `checkRelease`. */
  finish({ version, title = "SNOMED CT" }: ReleaseNames): Result<Release> {
    if (version === undefined) return failed(noVersion);
    const concepts = [...this.#concepts].map(([code, building]) => finished(code, building));
    return checkRelease({ url: snomed, version, title, concepts });
  }
}

function groupOf(cell: (name: string) => string): { readonly group: number } {
  return { group: Number(cell("relationshipGroup")) || 0 };
}

function finished(code: string, building: Building): ReleaseConcept {
  const { isActive, properties, parents, designations, fullName, language } = building;
  const display = building.display ?? fullName;
  return {
    code,
    ...(display === undefined ? {} : { display }),
    ...(language === undefined ? {} : { language }),
    isInactive: !isActive,
    isAbstract: false,
    parents: [...new Set(parents)],
    designations,
    properties,
  };
}

const noVersion = incorrect(
  "name-missing",
  `A national edition does not say its module: name the version, such as ${snomed}/83821000000107/version/20260401.`,
);
