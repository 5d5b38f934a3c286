const numbers = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const recentMs = 5_000;

/** How fast work goes, over the last seconds, and how long it will take yet. */
export class Pace {
  readonly #unit: string;
  readonly #marks: { readonly atMs: number; readonly done: number }[] = [];
  readonly #startedMs: number;
  #share = 0;
  #nowMs: number;

  /** `resources`, for `3,400 resources/s`. */
  constructor(unit: string, nowMs: number) {
    this.#unit = unit;
    this.#startedMs = nowMs;
    this.#nowMs = nowMs;
    this.#marks.push({ atMs: nowMs, done: 0 });
  }

  /** What is done now, and which share of the whole that is, 0 to 1. */
  mark(done: number, share: number, nowMs: number): void {
    this.#share = share;
    this.#nowMs = nowMs;
    this.#marks.push({ atMs: nowMs, done });
    while (this.#marks.length > 2 && nowMs - (this.#marks[1]?.atMs ?? nowMs) > recentMs) this.#marks.shift();
  }

  /** Of the last seconds. */
  get perSecond(): number {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    const ms = (last?.atMs ?? 0) - (first?.atMs ?? 0);
    return ms <= 0 ? 0 : (((last?.done ?? 0) - (first?.done ?? 0)) / ms) * 1000;
  }

  /** Undefined while too little is done to tell. */
  get secondsLeft(): number | undefined {
    if (this.#share < 0.001) return undefined;
    return ((this.#nowMs - this.#startedMs) / 1000) * (1 / this.#share - 1);
  }

  /** `3,400 resources/s, 1:05 left` */
  get text(): string {
    const left = this.secondsLeft;
    const rate = `${numbers.format(this.perSecond)} ${this.#unit}/s`;
    return left === undefined ? rate : `${rate}, ${minutesAndSeconds(left)} left`;
  }
}

function minutesAndSeconds(seconds: number): string {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
