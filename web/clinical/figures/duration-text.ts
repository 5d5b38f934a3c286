/** `40 ms`, `2.4 s`, `3 min`, `5 h`, `2 days`; `–` where there is none. */
export function durationText(ms: number | undefined): string {
  if (ms === undefined) return "–";
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`;
  return ms < 172_800_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} days`;
}
