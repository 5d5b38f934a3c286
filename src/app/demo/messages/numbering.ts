/**
 * Numbers of messages, orders and specimens, never the same twice: `prefix` tells one person of the generated two years,
 * or one start of the laboratory that sends while the demonstration runs, from any other.
 */
export interface Numbering {
  /** MSH-10. */
  controlId(letter: string): string;
  /** The requester's number. */
  placer(): string;
  /** The laboratory's number, with the year in front: `26C0042-007`. */
  filler(year: string, letter: string): string;
}

export function numberingOf(prefix: string): Numbering {
  let messages = 0;
  let orders = 0;
  let specimens = 0;
  const padded = (count: number) => String(count).padStart(3, "0");
  return {
    controlId: (letter) => {
      messages += 1;
      return `${letter}${prefix}-${padded(messages)}`;
    },
    placer: () => {
      orders += 1;
      return `CGH-${prefix}-${padded(orders)}`;
    },
    filler: (year, letter) => {
      specimens += 1;
      return `${year}${letter}${prefix}-${padded(specimens)}`;
    },
  };
}
