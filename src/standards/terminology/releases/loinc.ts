import { failed, incorrect, ok, type Result } from "#kernel";
import type { Coding, ConceptProperty, Designation } from "../definition.ts";
import { checkRelease } from "./check.ts";
import type { Release, ReleaseConcept, ReleaseNames } from "./release.ts";
import { columnsOf, type Row } from "./rows.ts";

const loinc = "http://loinc.org";

/** Columns that are properties of the same name. Source: LOINC Users' Guide, appendix A; FHIR R4 §4.3.2. */
const propertyColumns = [
  "COMPONENT",
  "PROPERTY",
  "TIME_ASPCT",
  "SYSTEM",
  "SCALE_TYP",
  "METHOD_TYP",
  "CLASS",
  "STATUS",
  "CLASSTYPE",
  "ORDER_OBS",
] as const;

/** Columns with other names of a term; any may be absent. */
const nameColumns: readonly string[] = ["SHORTNAME", "CONSUMER_NAME", "DisplayName"];

interface Building {
  readonly display: string;
  readonly isInactive: boolean;
  readonly properties: readonly ConceptProperty[];
  readonly designations: readonly Designation[];
  readonly parents: Set<string>;
}

/**
 * Puts a LOINC release together from `Loinc.csv` and, where there is one, `ComponentHierarchyBySystem.csv`, whose parts (`LP…`)
 * become codes. Not read: answer lists, panels, translations.
 */
export class LoincRelease {
  readonly #concepts = new Map<string, Building>();
  #newestChange = "";

  /** How to read the terms behind the first row. Problems: incorrect `column-missing`. */
  termReader(header: Row): Result<(row: Row) => void> {
    const needed = columnsOf(header, ["LOINC_NUM", "LONG_COMMON_NAME", "STATUS"]);
    if (!needed.ok) return needed;
    const at = new Map(header.map((name, index) => [name.replace(/^\uFEFF/, "").trim(), index]));
    return ok((row: Row) => this.#term((name) => row[at.get(name) ?? -1] ?? ""));
  }

  /** The same for the hierarchy, which is read after the terms. */
  hierarchyReader(header: Row): Result<(row: Row) => void> {
    const found = columnsOf(header, ["IMMEDIATE_PARENT", "CODE", "CODE_TEXT"]);
    if (!found.ok) return found;
    const { IMMEDIATE_PARENT: parent, CODE: code, CODE_TEXT: text } = found.value;
    return ok((row: Row) => this.#place(row[code] ?? "", row[parent] ?? "", row[text] ?? ""));
  }

  #term(cell: (name: string) => string): void {
    const code = cell("LOINC_NUM");
    if (code === "") return;
    this.#newestChange = newer(this.#newestChange, cell("VersionLastChanged"));
    this.#concepts.set(code, {
      display: cell("LONG_COMMON_NAME"),
      isInactive: cell("STATUS") === "DEPRECATED",
      properties: propertyColumns
        .map((name) => ({ code: name, valueString: cell(name) }))
        .filter(({ valueString }) => valueString !== ""),
      designations: nameColumns
        .map((name) => ({ language: "en", use: useOf(name), value: cell(name) }))
        .filter(({ value }) => value !== ""),
      parents: new Set(),
    });
  }

  #place(code: string, parent: string, text: string): void {
    if (code === "") return;
    let concept = this.#concepts.get(code);
    if (concept === undefined) {
      concept = { display: text, isInactive: false, properties: [], designations: [], parents: new Set() };
      this.#concepts.set(code, concept);
    }
    if (parent !== "") concept.parents.add(parent);
  }

  /** All that was read; the version is the newest in which a term changed, unless it is named. Problems: those of `checkRelease`. */
  finish({ version = this.#newestChange, title = "LOINC" }: ReleaseNames): Result<Release> {
    if (version === "") return failed(noVersion);
    const concepts = [...this.#concepts].map(
      ([code, { parents, ...concept }]): ReleaseConcept => ({
        code,
        ...concept,
        language: "en",
        isAbstract: false,
        parents: [...parents],
      }),
    );
    return checkRelease({ url: loinc, version, title, concepts });
  }
}

const noVersion = incorrect("name-missing", "The table does not say its version: name it, such as 2.78.");

function useOf(name: string): Coding {
  return { system: loinc, code: name };
}

function newer(a: string, b: string): string {
  return a.localeCompare(b, "en", { numeric: true }) >= 0 ? a : b;
}
