import type { JsonObject, Result } from "#kernel";

/** What a query reads from: the record as one actor may see it. Nothing it gives is changed. */
export interface GraphqlPort {
  /** Undefined where there is none that may be seen. */
  read(type: string, id: string): Promise<JsonObject | undefined>;
  /** The matches of a search; names and values are those of FHIR's search parameters. */
  search(type: string, params: readonly (readonly [string, string])[]): Promise<Result<SearchPage>>;
  /** What a reference that is not `#…` points at. */
  resolve(reference: string): Promise<JsonObject | undefined>;
}

export interface SearchPage {
  /** Matches alone. */
  readonly resources: readonly JsonObject[];
  /** Undefined where they were not counted. */
  readonly total: number | undefined;
  /** Values of `_cursor` for other pages. */
  readonly cursors: {
    readonly first?: string;
    readonly previous?: string;
    readonly next?: string;
    readonly last?: string;
  };
}
