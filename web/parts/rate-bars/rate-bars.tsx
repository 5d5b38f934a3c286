import { formatClock } from "../format/dates.ts";
import { countOf } from "../format/numbers.ts";
import "./rate-bars.css";

interface RateBarsProps {
  /** Messages in each minute, oldest first. */
  readonly perMinute: readonly number[];
  /** Start of the first minute. */
  readonly from: string;
}

const height = 44;
const barWidth = 3;
const step = 4;
const minuteMs = 60_000;

/** One bar a minute; the words beside it say the same. */
export function RateBars({ perMinute, from }: RateBarsProps) {
  const most = Math.max(...perMinute, 0);
  const width = perMinute.length * step;
  return (
    <figure className="rate-bars">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={rateSentence(perMinute, from)}
      >
        {barsOf(perMinute).map((bar) => (
          <Bar key={bar.minute} {...bar} most={most} />
        ))}
      </svg>
      <figcaption className="tabular">
        <span>{clockOf(from, 0)}</span>
        <span>{most === 0 ? "nothing arrived" : `most in a minute: ${most}`}</span>
        <span>now</span>
      </figcaption>
    </figure>
  );
}

function barsOf(perMinute: readonly number[]): readonly { readonly minute: number; readonly count: number }[] {
  return perMinute.map((count, minute) => ({ minute, count }));
}

function Bar({ minute, count, most }: { readonly minute: number; readonly count: number; readonly most: number }) {
  const tall = count === 0 ? 1 : Math.max(2, (count / most) * height);
  return (
    <rect
      className={count === 0 ? "rate-bars-none" : "rate-bars-some"}
      x={minute * step}
      y={height - tall}
      width={barWidth}
      height={tall}
    />
  );
}

/** `Messages a minute since 12:05: 340 in all, at most 12, at 13:42; 4 in the last full minute.` */
export function rateSentence(perMinute: readonly number[], from: string): string {
  const total = perMinute.reduce((sum, count) => sum + count, 0);
  const start = clockOf(from, 0);
  if (total === 0) return `No messages since ${start}.`;
  const most = Math.max(...perMinute);
  const when = clockOf(from, perMinute.indexOf(most));
  const last = perMinute.at(-2) ?? 0;
  return `${countOf(total, "message")} since ${start}; at most ${most} in a minute, at ${when}; ${last} in the last full minute.`;
}

function clockOf(from: string, minute: number): string {
  return formatClock(new Date(Date.parse(from) + minute * minuteMs).toISOString()).slice(0, 5);
}
