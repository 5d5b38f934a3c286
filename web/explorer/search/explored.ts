/** A search that was asked for: kept in the browser's history and out of the address, because it may name a patient. */
export interface Explored {
  /** The browser's history is a moment ahead of the page shown: a search of another type is not this page's. */
  readonly type: string;
  /** What stands behind the `?`. */
  readonly query: string;
  /** The query of the page shown, where it is not the first. */
  readonly page?: string;
  /** Elements shown as columns, where they are not the usual ones. */
  readonly columns?: readonly string[];
}
