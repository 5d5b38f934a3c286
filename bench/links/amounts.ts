/**
 * How much `npm run bench -- links` does. Without options it is short, to see that it works; `--full` takes the amounts of
 * the promise: ten minutes of ten destinations, a million messages queued, searched and weighed.
 */
export interface Amounts {
  /** `--messages`: recorded before searching and weighing. */
  readonly messages: number;
  /** `--queued`: deliveries that wait for a destination which is away. */
  readonly queued: number;
  /** `--seconds`: of ten destinations. */
  readonly fanOutSeconds: number;
  /** Of each rate, and before it to get warm. */
  readonly rateMs: number;
  readonly warmUpMs: number;
}

const million = 1_000_000;

export function amountsAsked(words: readonly string[]): Amounts {
  const isFull = words.includes("--full");
  const counted = (option: string, usual: number) => {
    const at = words.indexOf(option);
    return at === -1 ? usual : Number(words[at + 1]);
  };
  return {
    messages: counted("--messages", isFull ? million : 2_000),
    queued: counted("--queued", isFull ? million : 5_000),
    fanOutSeconds: counted("--seconds", isFull ? 600 : 10),
    rateMs: isFull ? 20_000 : 3_000,
    warmUpMs: isFull ? 30_000 : 5_000,
  };
}
