/**
 * How the live streams of this page fare, as a value that React can subscribe to.
 * `connected` also when no page listens: then nothing is out of date.
 */
export type Connection = "connected" | "interrupted";

const interrupted = new Set<symbol>();
const listeners = new Set<() => void>();

export function reportStream(stream: symbol, state: Connection): void {
  if (state === "interrupted") interrupted.add(stream);
  else interrupted.delete(stream);
  for (const listener of listeners) listener();
}

export function currentConnection(): Connection {
  return interrupted.size > 0 || !navigator.onLine ? "interrupted" : "connected";
}

export function subscribeConnection(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
