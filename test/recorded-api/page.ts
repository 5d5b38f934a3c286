interface PageAsked {
  readonly query: URLSearchParams;
  readonly size: number;
}

/** One page of a list; the cursor of the next is the place where it starts. */
export function pageOf<T>(items: readonly T[], { query, size }: PageAsked) {
  const start = Number(query.get("cursor") ?? 0);
  const end = start + size;
  return { items: items.slice(start, end), more: end < items.length ? { next: String(end) } : {} };
}
