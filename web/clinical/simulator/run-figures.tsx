import type { RunView } from "#departments/clinical/api";
import { formatCount } from "../../parts/format/numbers.ts";
import { durationText } from "./run-words.ts";

/** How a run was acknowledged, in figures. */
export function RunFigures({ summary }: { readonly summary: NonNullable<RunView["summary"]> }) {
  const { latency } = summary;
  const failed = summary.unanswered + summary.unreachable;
  const figures: readonly Figure[] = [
    { name: "Messages", text: formatCount(summary.messages) },
    { name: "Taken", text: formatCount(summary.accepted) },
    { name: "Refused", text: formatCount(summary.refused), isBad: summary.refused > 0 },
    { name: "Without an answer", text: formatCount(failed), isBad: failed > 0 },
    { name: "Not sent", text: formatCount(summary.notSent), isBad: summary.notSent > 0 },
    { name: "A second", text: formatCount(summary.perSecond) },
    { name: "In all", text: durationText(summary.durationMs) },
    { name: "Half within", text: durationText(latency.p50Ms) },
    { name: "95 of 100 within", text: durationText(latency.p95Ms) },
    { name: "99 of 100 within", text: durationText(latency.p99Ms) },
    { name: "All within", text: durationText(latency.maxMs) },
  ];
  return (
    <>
      <dl className="simulator-figures">
        {figures.map(({ name, text, isBad = false }) => (
          <div key={name} data-bad={isBad}>
            <dt>{name}</dt>
            <dd className="tabular">{text}</dd>
          </div>
        ))}
      </dl>
      <p className="simulator-codes">
        {Object.entries(summary.codes).map(([code, count]) => (
          <span key={code}>
            <b>{code}</b> {formatCount(count)}
          </span>
        ))}
      </p>
    </>
  );
}

interface Figure {
  readonly name: string;
  readonly text: string;
  readonly isBad?: boolean;
}
