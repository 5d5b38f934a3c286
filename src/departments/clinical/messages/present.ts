type OptionalKey<T, K extends keyof T> = object extends Pick<T, K> ? K : never;

/** As `T`, but what is optional may also be given as undefined. */
export type Draft<T> = { readonly [K in keyof T]: K extends OptionalKey<T, K> ? T[K] | undefined : T[K] };

/** The element without what is undefined, in the same order: FHIR knows no empty members. */
export function present<T extends object>(draft: Draft<T>): T {
  const element: Record<string, unknown> = {};
  for (const key in draft) {
    const value = draft[key];
    if (value !== undefined) element[key] = value;
  }
  return element as T;
}

/** Likewise, and undefined when nothing is left. */
export function presentOrNone<T extends object>(draft: Draft<T>): T | undefined {
  const element = present<T>(draft);
  for (const _ in element) return element;
  return undefined;
}

/** The list without what is undefined; undefined when nothing is left: FHIR knows no empty lists. */
export function list<T>(...items: readonly (T | undefined)[]): readonly [T, ...T[]] | undefined {
  const kept = items.filter((item) => item !== undefined);
  return kept.length === 0 ? undefined : (kept as unknown as readonly [T, ...T[]]);
}
