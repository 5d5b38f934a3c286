/** A search that was asked for: kept in the browser's history and out of the address, because it may name a patient. */
export interface Explored {
  /** What stands behind the `?`. */
  readonly query: string;
  /** The query of the page shown, where it is not the first. */
  readonly page?: string;
  /** Elements shown as columns, where they are not the usual ones. */
  readonly columns?: readonly string[];
}
