import type { KeyMatch, WriteReading } from "#record";
import type { Stored } from "./before.ts";

/** What is asked of the record before a write. */
export type Question = Pick<WriteReading, "keys" | "matches">;

interface Waiting {
  readonly question: Question;
  answer(stored: Promise<Stored>): void;
}

/**
 * Questions that come while one is on its way share the next: a statement costs as much as what it finds, so under load
 * their number halves, and a lone question waits for nobody.
 */
export class GatheredReads {
  readonly #read: (question: Question) => Promise<Stored>;
  #waiting: Waiting[] = [];
  #isReading = false;

  constructor(read: (question: Question) => Promise<Stored>) {
    this.#read = read;
  }

  /** What is stored once this was asked. It may tell more than was asked for, and rejects as the reading does. */
  ask(question: Question): Promise<Stored> {
    return new Promise((answer) => {
      this.#waiting.push({ question, answer });
      if (!this.#isReading) void this.#readOn();
    });
  }

  async #readOn(): Promise<void> {
    this.#isReading = true;
    while (this.#waiting.length > 0) {
      const asked = this.#waiting;
      this.#waiting = [];
      const reading = this.#read(together(asked));
      let from = 0;
      for (const { question, answer } of asked) {
        const first = from;
        answer(reading.then((stored) => part(stored, first, question.matches)));
        from += question.matches.length;
      }
      await reading.catch(() => {}); // those who asked are told
    }
    this.#isReading = false;
  }
}

function together(asked: readonly Waiting[]): Question {
  const [first] = asked;
  if (first !== undefined && asked.length === 1) return first.question;
  return {
    keys: asked.flatMap(({ question }) => question.keys),
    matches: asked.flatMap(({ question }) => question.matches),
  };
}

function part(stored: Stored, from: number, matches: readonly KeyMatch[]): Stored {
  return { ...stored, matching: stored.matching.slice(from, from + matches.length) };
}
