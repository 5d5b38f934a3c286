import { countOf, formatCount } from "../../parts/format/numbers.ts";

interface ReplayProgressProps {
  readonly label: string;
  readonly done: number;
  /** Absent until the messages are chosen. */
  readonly total: number | undefined;
}

/** How far it is, for eyes and for screen readers. */
export function ReplayProgress({ label, done, total }: ReplayProgressProps) {
  return (
    <div className="replay-progress">
      <progress aria-label={label} {...(total === undefined ? {} : { value: done, max: Math.max(total, 1) })} />
      <p className="tabular">
        {total === undefined ? "Choosing the messages" : `${formatCount(done)} of ${countOf(total, "message")}`}
      </p>
    </div>
  );
}
