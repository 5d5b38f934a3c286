/** What a load client saw within the measured time. */
export interface LoadSeen {
  readonly answers: number;
  /** Of those, the ones that were not what was hoped for: another status than 200, another acknowledgement than AA. */
  readonly failures: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Keeps the latencies of answers that fall into the measured time: after the warm-up, before the end. */
export function stopwatch({ warmUpMs, durationMs }: { readonly warmUpMs: number; readonly durationMs: number }) {
  const startMs = performance.now() + warmUpMs;
  const endMs = startMs + durationMs;
  const latenciesMs: number[] = [];
  let failures = 0;
  return {
    isOver: () => performance.now() >= endMs,
    answered(sentMs: number, isGood: boolean): void {
      const nowMs = performance.now();
      if (nowMs < startMs || nowMs >= endMs) return;
      latenciesMs.push(nowMs - sentMs);
      if (!isGood) failures += 1;
    },
    seen(): LoadSeen {
      const sorted = latenciesMs.toSorted((a, b) => a - b);
      const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
      const perSecond = (sorted.length * 1_000) / durationMs;
      return { answers: sorted.length, failures, perSecond, p50Ms: at(0.5), p99Ms: at(0.99) };
    },
  };
}
