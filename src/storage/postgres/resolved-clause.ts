import type { Clause, Kind } from "#record";

/** A clause whose chains were followed as far as that is worth it. */
export type ResolvedClause =
  | Exclude<Clause, { readonly is: "term" | "concepts" | "lineage" | "refers" | "referred" | "all" | "any" | "not" }>
  /** Documents that carry one of these hashes. */
  | { readonly is: "hashes"; readonly any: readonly string[] }
  | { readonly is: "positions"; readonly any: readonly number[] }
  | ({ readonly is: "refers"; readonly to: Kind } & ResolvedLink)
  | ({ readonly is: "referred"; readonly from: Kind } & ResolvedLink)
  | { readonly is: "all"; readonly of: readonly ResolvedClause[] }
  | { readonly is: "any"; readonly of: readonly ResolvedClause[] }
  | { readonly is: "not"; readonly of: ResolvedClause };

export interface ResolvedLink {
  readonly parameters: readonly string[];
  readonly byUrl?: string;
  readonly all: readonly ResolvedClause[];
}
