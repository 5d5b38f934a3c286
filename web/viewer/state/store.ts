import { useSyncExternalStore } from "react";

/** A value that parts of a page look at and change, each drawn again only when its own piece of it is another. */
export interface Store<T> {
  get(): T;
  set(change: (value: T) => T): void;
  subscribe(listener: () => void): () => void;
}

export function openStore<T>(first: T): Store<T> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (change) => {
      const next = change(value);
      if (next === value) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A piece of the store. `select` gives what is in it, and makes nothing new. */
export function useSelected<T, Piece>(store: Store<T>, select: (value: T) => Piece): Piece {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
