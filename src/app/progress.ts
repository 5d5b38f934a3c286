import type { Result } from "#kernel";

/** Tells whoever started Corridor how far it is. */
export interface Progress {
  /** Runs one step of the start and tells how long it took. A step that fails tells nothing: its problem does. */
  step<T>(name: string, work: () => Promise<Result<T>>): Promise<Result<T>>;
  /** A line for the reader, such as an address. */
  say(line: string): void;
}

export const silentProgress: Progress = { step: (_name, work) => work(), say: () => {} };
