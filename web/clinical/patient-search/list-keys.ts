/** What a key does in a list of suggestions. Source: WAI-ARIA Authoring Practices, Combobox. */
export type ListMove = "next" | "previous" | "first" | "last" | "choose" | "close";

const moves: Readonly<Record<string, ListMove>> = {
  ArrowDown: "next",
  ArrowUp: "previous",
  Home: "first",
  End: "last",
  Enter: "choose",
  Escape: "close",
};

export function moveForKey(key: string): ListMove | undefined {
  return moves[key];
}

/** A row that somebody has gone to, and what stood there then. */
export interface PointedRow {
  readonly row: number;
  readonly key: string;
}

/**
 * The row that Enter would open; -1 when something else has come to stand there since. A list that changes while somebody
 * goes through it must not open another patient than the one they saw.
 */
export function stillPointed(pointed: PointedRow | undefined, keys: readonly string[]): number {
  return pointed !== undefined && keys[pointed.row] === pointed.key ? pointed.row : -1;
}

/** The row that is active after a move, going round at both ends; -1 is the text field itself. */
export function activeAfter(move: ListMove, active: number, rows: number): number {
  if (rows === 0) return -1;
  switch (move) {
    case "next":
      return active + 1 >= rows ? 0 : active + 1;
    case "previous":
      return active <= 0 ? rows - 1 : active - 1;
    case "first":
      return 0;
    case "last":
      return rows - 1;
    case "choose":
    case "close":
      return -1;
  }
}
