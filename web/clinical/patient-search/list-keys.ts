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
