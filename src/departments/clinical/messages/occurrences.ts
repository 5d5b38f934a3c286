/** Counts how often each key has been asked for before: 0, then 1, then 2. */
export function occurrences(): (key: string) => number {
  const counts = new Map<string, number>();
  return (key) => {
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return count;
  };
}
