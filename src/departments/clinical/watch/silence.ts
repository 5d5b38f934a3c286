import { limits } from "#kernel";
import { hourMs, hourStart } from "./hour-of-week.ts";

/** What the silence of a link means. */
export type Silence =
  /** Too few weeks are known. */
  | { readonly is: "learning" }
  /** So little comes at this hour that nothing can be said. */
  | { readonly is: "too-little" }
  | { readonly is: "fine" }
  /** `missed`: messages that would have come meanwhile in nearly every week. */
  | { readonly is: "silent"; readonly sinceMs: number; readonly missed: number };

export interface Heard {
  /** When the newest message came; undefined where none ever did. */
  readonly lastMs: number | undefined;
  readonly nowMs: number;
  /** Messages that the hour beginning then has in nearly every week; undefined: not known yet. */
  readonly expectedIn: (hourStartMs: number) => number | undefined;
}

/**
 * A link is silent when in the time since its last message `limits.watchMissedMin` should have come, and
 * `limits.watchSilenceMsMin` have passed: that is by chance about once in a thousand times. Quiet hours add little, so a
 * quiet link is given longer, and a night in which nothing ever comes adds nothing.
 */
export function silenceOf({ lastMs, nowMs, expectedIn }: Heard): Silence {
  if (lastMs === undefined) return { is: "learning" };
  const fromMs = Math.max(lastMs, nowMs - limits.watchLookBackMs);
  let missed = 0;
  let isKnown = true;
  for (let hour = hourStart(fromMs); hour < nowMs; hour += hourMs) {
    const expected = expectedIn(hour);
    if (expected === undefined) isKnown = false;
    else missed += (expected * (Math.min(nowMs, hour + hourMs) - Math.max(fromMs, hour))) / hourMs;
  }
  const isLong = nowMs - lastMs >= limits.watchSilenceMsMin;
  if (isLong && missed >= limits.watchMissedMin) return { is: "silent", sinceMs: lastMs, missed: Math.floor(missed) };
  if (!isKnown) return { is: "learning" };
  return (expectedIn(hourStart(nowMs)) ?? 0) < 1 ? { is: "too-little" } : { is: "fine" };
}
