/** A place in the text of a query, both from 1. */
export interface QueryPlace {
  readonly line: number;
  readonly column: number;
}

/** Source: GraphQL (October 2021) §7.1.2. */
export interface GraphqlError {
  /** One plain sentence; holds no personal data. */
  readonly message: string;
  readonly locations: readonly QueryPlace[];
  /** Response names and positions in lists, from the root of the data; absent where the query itself is wrong. */
  readonly path?: readonly (string | number)[];
  /** Stable, kebab-case, for programs. */
  readonly extensions: { readonly code: string };
}

export function queryError(code: string, message: string, at: QueryPlace): GraphqlError {
  return { message, locations: [at], extensions: { code } };
}
