import { Worker } from "node:worker_threads";
import { busy, failed, incorrect, limits, type Result, unavailable } from "#kernel";

export interface ThreadPoolOptions {
  /** What a thread runs: it answers each message by one. */
  readonly script: URL;
  readonly threads: number;
  readonly timeoutMs: number;
  readonly queueMax: number;
  readonly queueBytesMax: number;
  /** A thread without work is ended after so long. */
  readonly idleMs: number;
  /** Told when a thread had to be ended. */
  readonly onLost?: (why: "pixels-timeout" | "pixels-crashed", cause?: unknown) => void;
}

export interface Job {
  readonly message: unknown;
  /** Handed over to the thread, and gone here. */
  readonly transfer: readonly ArrayBuffer[];
  readonly sizeBytes: number;
  /** Those that somebody waits for go first. */
  readonly isUrgent: boolean;
}

interface Waiting {
  readonly job: Job;
  readonly settle: (answer: Result<unknown>) => void;
}

interface Thread {
  readonly worker: Worker;
  current: Waiting | undefined;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Threads that answer messages. Each job ends in an answer: `pixels-busy` when too many wait, `pixels-timeout` and
 * `pixels-crashed` when its thread hung or died, which is then replaced, `pixels-closed`.
 */
export class ThreadPool {
  readonly #options: ThreadPoolOptions;
  readonly #threads = new Set<Thread>();
  readonly #urgent: Waiting[] = [];
  readonly #patient: Waiting[] = [];
  #waitingBytes = 0;
  #isClosed = false;

  constructor(options: ThreadPoolOptions) {
    this.#options = options;
  }

  get threads(): number {
    return this.#options.threads;
  }

  run(job: Job): Promise<Result<unknown>> {
    if (this.#isClosed) return Promise.resolve(closed);
    const { queueMax, queueBytesMax } = this.#options;
    const isFull = this.#urgent.length + this.#patient.length >= queueMax || this.#waitingBytes > queueBytesMax;
    if (isFull) return Promise.resolve(tooBusy);
    return new Promise((settle) => {
      (job.isUrgent ? this.#urgent : this.#patient).push({ job, settle });
      this.#waitingBytes += job.sizeBytes;
      this.#next();
    });
  }

  /** Answers what waits and what is under way as closed, and ends the threads. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { settle } of [...this.#urgent.splice(0), ...this.#patient.splice(0)]) settle(closed);
    await Promise.all([...this.#threads].map((thread) => this.#end(thread, closed)));
  }

  #next(): void {
    const isWaiting = this.#urgent.length + this.#patient.length > 0;
    if (!isWaiting) return;
    const idle = [...this.#threads].find(({ current }) => current === undefined);
    const thread = idle ?? (this.#threads.size < this.#options.threads ? this.#start() : undefined);
    const waiting = thread === undefined ? undefined : (this.#urgent.shift() ?? this.#patient.shift());
    if (thread !== undefined && waiting !== undefined) this.#give(thread, waiting);
  }

  #give(thread: Thread, waiting: Waiting): void {
    const { message, transfer, sizeBytes } = waiting.job;
    this.#waitingBytes -= sizeBytes;
    clearTimeout(thread.timer);
    thread.current = waiting;
    thread.worker.ref();
    thread.timer = setTimeout(() => this.#lose(thread, "pixels-timeout"), this.#options.timeoutMs);
    thread.worker.postMessage(message, [...transfer]);
  }

  #start(): Thread {
    const worker = new Worker(this.#options.script, {
      resourceLimits: { maxOldGenerationSizeMb: limits.pixelThreadHeapMiB },
      stdout: true,
      stderr: true,
    });
    // Libraries print; nobody reads it.
    worker.stdout.resume();
    worker.stderr.resume();
    const thread: Thread = { worker, current: undefined, timer: undefined };
    this.#threads.add(thread);
    worker.on("message", (answer: Result<unknown>) => this.#answered(thread, answer));
    worker.on("error", (cause: unknown) => this.#lose(thread, "pixels-crashed", cause));
    worker.on("exit", () => this.#lose(thread, "pixels-crashed"));
    return thread;
  }

  #answered(thread: Thread, answer: Result<unknown>): void {
    const { current } = thread;
    clearTimeout(thread.timer);
    thread.current = undefined;
    // A thread that has nothing to do keeps no program from ending.
    thread.worker.unref();
    thread.timer = setTimeout(() => void this.#end(thread, closed), this.#options.idleMs).unref();
    current?.settle(answer);
    this.#next();
  }

  #lose(thread: Thread, why: "pixels-timeout" | "pixels-crashed", cause?: unknown): void {
    if (!this.#threads.has(thread)) return;
    this.#options.onLost?.(why, cause);
    void this.#end(thread, why === "pixels-timeout" ? tookTooLong : crashed);
    this.#next();
  }

  async #end(thread: Thread, answer: Result<unknown>): Promise<void> {
    this.#threads.delete(thread);
    clearTimeout(thread.timer);
    thread.current?.settle(answer);
    thread.current = undefined;
    await thread.worker.terminate();
  }
}

const closed = failed(unavailable("pixels-closed", "Corridor is stopping."));
const tooBusy = failed(busy("pixels-busy", "Too many pictures are being worked on; try again later."));
const tookTooLong = failed(incorrect("pixels-timeout", "The frame took too long and was given up."));
const crashed = failed(incorrect("pixels-crashed", "The frame broke its decoder; nothing else was touched."));
