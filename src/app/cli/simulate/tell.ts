import type { Mismatch, RunDifferences, RunSummary, SimulatorRun } from "#departments/clinical";
import type { Terminal } from "../terminal.ts";

const numbers = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });
const mismatchesShownMax = 20;

/** A run as lines for people; values of fields are in the saved run, not here. */
export function tellRun({ summary, comparison }: SimulatorRun, terminal: Terminal, target: string): void {
  if (summary === undefined) return;
  for (const line of summaryLines(summary, target)) terminal.out(line);
  if (comparison === undefined) return;
  const { expected, received, equal, different, missing, unexpected } = comparison;
  terminal.out(
    `Came out: ${received} of ${expected} expected; ${equal} as expected, ${different} different, ${missing} missing, ${unexpected} unexpected.`,
  );
  for (const mismatch of comparison.mismatches.slice(0, mismatchesShownMax))
    terminal.out(`  ${mismatchLine(mismatch)}`);
  const more = comparison.mismatches.length - mismatchesShownMax;
  if (more > 0) terminal.out(`  … and ${more} more`);
}

function summaryLines({ latency, codes, ...summary }: RunSummary, target: string): readonly string[] {
  const told = Object.entries(codes).map(([code, count]) => `${code} ${numbers.format(count)}`);
  const left = summary.unanswered + summary.unreachable + summary.notSent;
  const { p50Ms, p95Ms, p99Ms, maxMs } = latency;
  return [
    `Played ${numbers.format(summary.messages)} messages against ${target} in ${numbers.format(summary.durationMs / 1_000)} s, ${numbers.format(summary.perSecond)} a second.`,
    `Acknowledged: ${told.join(", ")}${left > 0 ? `; without an answer: ${numbers.format(left)}` : ""}.`,
    `Half within ${numbers.format(p50Ms)} ms, 95 of 100 within ${numbers.format(p95Ms)}, 99 of 100 within ${numbers.format(p99Ms)}, all within ${numbers.format(maxMs)}.`,
  ];
}

function mismatchLine({ is, name, type, differences }: Mismatch): string {
  const places = differences.map(({ where }) => where).join(", ");
  return `${is}: ${name} (${type})${places === "" ? "" : ` in ${places}`}`;
}

export function tellDifferences(differences: RunDifferences, terminal: Terminal): void {
  const { isSameTraffic, figures, answers, answersDiffer, broken, mended } = differences;
  if (!isSameTraffic) terminal.out("The two did not play the same messages.");
  for (const { name, unit, first, second } of figures) {
    const change = second - first;
    const sign = change > 0 ? "+" : "";
    terminal.out(
      `${name.padEnd(32)} ${numbers.format(first)} → ${numbers.format(second)} ${unit} (${sign}${numbers.format(change)})`,
    );
  }
  terminal.out(`Acknowledged otherwise: ${answersDiffer}`);
  for (const { name, first, second } of answers.slice(0, mismatchesShownMax))
    terminal.out(`  ${name}: ${first ?? "not sent"} → ${second ?? "not sent"}`);
  terminal.out(`Came out as expected before and no more: ${broken.length}; as expected now: ${mended.length}.`);
  for (const mismatch of broken.slice(0, mismatchesShownMax)) terminal.out(`  ${mismatchLine(mismatch)}`);
}
