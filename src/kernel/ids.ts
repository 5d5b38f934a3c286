/**
 * Where new ids come from. An id is 1 to 64 characters of `A-Z a-z 0-9 - .`
 * Source: FHIR R4 §2.24.0.1 (id).
 */
export interface Ids {
  /** A new id, never given before; later ids sort after earlier ones. */
  next(): string;
}

const idPattern = /^[A-Za-z0-9\-.]{1,64}$/;

export function isId(text: string): boolean {
  return idPattern.test(text);
}

/** `prefix-1`, `prefix-2`, …: for tests and generators that must give the same output each time. */
export function countingIds(prefix: string): Ids {
  let count = 0;
  return {
    next: () => {
      count += 1;
      return `${prefix}-${count}`;
    },
  };
}
