/** What one sender's codes and units mean, as people have approved it. */
export interface CodeMap {
  /** The meaning of a code, or `none` where people have agreed that there is no other code for it. */
  codeFor(system: string, code: string): MappedCode | "none" | undefined;
}

export type MappedCode = {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
};

/** The maps of all senders. */
export interface CodeMaps {
  /** `PATHLAB|MEADOWLAB`. */
  of(sender: string): CodeMap | undefined;
}
