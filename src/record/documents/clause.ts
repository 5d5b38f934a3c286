import type { Kind } from "./document.ts";

/** One condition of a search, as data. */
export type Clause =
  | ({ readonly is: "key"; readonly any: readonly string[] } & KeyHints)
  | { readonly is: "text"; readonly parameter: string; readonly match: TextMatch; readonly any: readonly string[] }
  | { readonly is: "written"; readonly parameter: string; readonly any: readonly WrittenText[] }
  | ({ readonly is: "date"; readonly parameter: string; readonly any: readonly DateBounds[] } & FiledUnder)
  | ({ readonly is: "number"; readonly any: readonly NumberBounds[] } & FiledUnder)
  /** Codes that terminology knows: the record finds out which, by the port that it was given. */
  | { readonly is: "concepts"; readonly under: readonly CodesUnder[]; readonly asked: readonly ConceptsAsked[] }
  /** A display or text of a code has a word that starts so; normalised. */
  | { readonly is: "term"; readonly parameter: string; readonly any: readonly string[] }
  /** One of the parameters that the bits stand for has a value. */
  | { readonly is: "present"; readonly parameter: string; readonly bits: bigint }
  | { readonly is: "id"; readonly any: readonly string[] }
  | { readonly is: "updated"; readonly any: readonly InstantBounds[] }
  /** Words of the narrative, or of any text of the document; quotes, `or` and a minus are understood. */
  | { readonly is: "words"; readonly of: "narrative" | "document"; readonly any: readonly string[] }
  /** The document refers to one of kind `to` of which all of these hold. */
  | ({ readonly is: "refers"; readonly to: Kind } & Linked)
  /** One of kind `from`, of which all of these hold, refers to the document. */
  | ({ readonly is: "referred"; readonly from: Kind } & Linked)
  | NearClause
  | LineageClause
  | { readonly is: "all"; readonly of: readonly Clause[] }
  | { readonly is: "any"; readonly of: readonly Clause[] }
  | { readonly is: "not"; readonly of: Clause }
  | { readonly is: "never" };

/** What is known of all the keys: it changes nothing of what is found, but how soon it is found out. */
export interface KeyHints {
  /** What has one of them has one of these bits too (see `present`), so that what has none need not be looked at further. */
  readonly bits?: bigint;
  /** They name documents of this record, and so stand first among the keys of what has them. */
  readonly areReferences?: true;
}

export interface FiledUnder {
  /** Of documents that have this key too, under which their dates and numbers are filed (see `DateEntry`). */
  readonly under?: string;
}

export interface Linked {
  /** The parameters that may hold the reference. */
  readonly parameters: readonly string[];
  /** Where the reference is by a canonical url: the parameter under which the document that is named holds its own. */
  readonly byUrl?: string;
  readonly all: readonly Clause[];
}

/** The document stands within one of the circles. */
export interface NearClause {
  readonly is: "near";
  /** The parameters that hold its degrees. */
  readonly north: string;
  readonly east: string;
  readonly any: readonly Surroundings[];
}

export interface Surroundings {
  readonly latitude: number;
  readonly longitude: number;
  readonly metres: number;
}

/** The document refers to one of these documents, or to one that stands above or below them. */
export interface LineageClause {
  readonly is: "lineage";
  /** The parameters that may hold the reference. */
  readonly parameters: readonly string[];
  readonly to: Kind;
  readonly ids: readonly string[];
  readonly direction: "above" | "below";
  /** The parameter by which a document of kind `to` names what it is part of. */
  readonly partOf: string;
  /** Addresses before `Kind/id` that references may have been written with; the empty one among them. */
  readonly prefixes: readonly string[];
}

/** A parameter; `systems` where its values state none but are of these. */
export interface CodesUnder {
  readonly parameter: string;
  readonly systems?: readonly string[] | undefined;
}

/** The codes of a value set; or those above or below one, itself among them. */
export type ConceptsAsked =
  | { readonly is: "in"; readonly url: string }
  | { readonly is: "above" | "below"; readonly system: string; readonly code: string };

/** Of normalised text. */
export type TextMatch = "prefix" | "contains" | "suffix" | "equal";

/** A text to be found exactly as it was written; `text` is the same, normalised. */
export interface WrittenText {
  readonly text: string;
  readonly written: string;
}

/** Bounds on the start and the end of an indexed span; each is inclusive, each may be absent. */
export interface DateBounds {
  readonly fromMinMs?: number;
  readonly fromMaxMs?: number;
  readonly toMinMs?: number;
  readonly toMaxMs?: number;
}

/** Comparisons with the ends of an indexed number or range, all of which must hold. */
export interface NumberBounds {
  readonly parameter: string;
  readonly where: readonly NumberComparison[];
  /** As written: the code (`coded`: `system|code`), or either the code or the label. */
  readonly unit?: { readonly coded: string } | { readonly codeOrLabel: string };
}

export interface NumberComparison {
  readonly end: "low" | "high";
  readonly is: "<" | "<=" | ">" | ">=";
  readonly value: number;
}

export interface InstantBounds {
  readonly minMs?: number;
  readonly maxMs?: number;
}

/** The kinds, besides its own, that a search looks into to decide about a document. */
export function kindsWithin(clauses: readonly Clause[]): ReadonlySet<Kind> {
  return new Set(clauses.flatMap(linkedKinds));
}

function linkedKinds(clause: Clause): readonly Kind[] {
  switch (clause.is) {
    case "lineage":
      return [clause.to];
    case "refers":
      return [clause.to, ...clause.all.flatMap(linkedKinds)];
    case "referred":
      return [clause.from, ...clause.all.flatMap(linkedKinds)];
    case "all":
    case "any":
      return clause.of.flatMap(linkedKinds);
    case "not":
      return linkedKinds(clause.of);
    default:
      return [];
  }
}
