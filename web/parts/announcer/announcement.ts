/** One sentence at a time for people who use a screen reader; a region of the frame speaks it. */
let spoken = "";
const listeners = new Set<() => void>();

/** Says it politely, after what is being read now. The same sentence twice is said twice. */
export function announce(sentence: string): void {
  spoken = sentence === spoken ? `${sentence}\u00a0` : sentence;
  for (const listener of listeners) listener();
}

export function currentAnnouncement(): string {
  return spoken;
}

export function subscribeAnnouncements(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
