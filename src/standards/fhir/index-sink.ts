/** Where an indexer puts what it finds. The same entry may come more than once. */
export interface IndexSink {
  /**
   * `system` is undefined where the value has none. An element of type `code` has the system of its required binding, though
   * it is not written in the resource.
   */
  token(param: string, system: string | undefined, code: string): void;
  /** A token of a parameter whose values never state a system: `status`, `active`, `_id`. See `plainTokenOf`. */
  plain(param: string, value: string): void;
  /** A display or a text of a token. */
  term(param: string, text: string): void;
  /** An identifier with a code of its type. */
  typed(param: string, type: { readonly system: string; readonly code: string }, value: string): void;
  /** The identifier of what a reference points at. */
  referenceIdentifier(param: string, system: string | undefined, value: string): void;
  /**
   * `Patient/123`, without a version; an absolute url without a version; a `urn:`; or a canonical as it was written.
   * References to contained resources are left out.
   */
  reference(param: string, target: string): void;
  /** As it was written; see `normaliseText`. */
  text(param: string, value: string): void;
  uri(param: string, value: string): void;
  /** Milliseconds since 1970; `toMs` is exclusive. An open end of a Period is `farPastMs` or `farFutureMs`. */
  date(param: string, fromMs: number, toMs: number): void;
  number(param: string, low: number, high: number): void;
  quantity(param: string, quantity: IndexedQuantity): void;
  /** A place on the globe, in degrees of WGS84. */
  position(param: string, latitude: number, longitude: number): void;
  /** What the components of a composite find on one element, in their order; none of them is empty. */
  tuple(param: string, components: readonly (readonly TupleValue[])[]): void;
}

export type TupleValue =
  | { readonly kind: "token"; readonly system: string | undefined; readonly code: string }
  | { readonly kind: "reference"; readonly target: string }
  | { readonly kind: "quantity"; readonly quantity: IndexedQuantity };

/** Keeps nothing. */
export const silentSink: IndexSink = {
  token: () => {},
  plain: () => {},
  term: () => {},
  typed: () => {},
  reference: () => {},
  referenceIdentifier: () => {},
  text: () => {},
  uri: () => {},
  date: () => {},
  number: () => {},
  quantity: () => {},
  position: () => {},
  tuple: () => {},
};

/** Money has the currency for its code and `urn:iso:std:iso:4217` for its system. */
export interface IndexedQuantity {
  /** `low` and `high` are the same unless it is a Range; an open end is infinite. */
  readonly low: number;
  readonly high: number;
  readonly system?: string;
  readonly code?: string;
  readonly unit?: string;
}
