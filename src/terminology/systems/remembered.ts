/** Answers that never change, kept for those who ask again; beyond `sizeMax` all are forgotten. */
export class Remembered<T> {
  readonly #answers = new Map<string, T>();
  readonly #sizeMax: number;

  constructor(sizeMax: number) {
    this.#sizeMax = sizeMax;
  }

  /** The answer that is kept, or the one that `ask` gives. One that fails is not kept. */
  async get(key: string, ask: () => Promise<T>): Promise<T> {
    if (this.#answers.has(key)) return this.#answers.get(key) as T;
    const answer = await ask();
    this.put(key, answer);
    return answer;
  }

  put(key: string, answer: T): void {
    if (this.#answers.size >= this.#sizeMax) this.#answers.clear();
    this.#answers.set(key, answer);
  }
}
