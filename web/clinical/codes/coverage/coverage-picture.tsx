import { formatDate } from "../../../parts/format/dates.ts";
import { countOf, formatCount } from "../../../parts/format/numbers.ts";
import { type CoverageDay, shareText } from "./coverage-days.ts";

const height = 60;
const step = 12;
const barWidth = 10;
/** Of a bar and its gap: a picture of few days is not drawn wider, so that a bar is no wall of colour. */
const stepPxMax = 36;

/** One bar a day, as tall as its results; the part without a known code stands on top in another colour. */
export function CoveragePicture({ days }: { readonly days: readonly CoverageDay[] }) {
  const most = Math.max(...days.map(({ results }) => results), 0);
  const [first, last] = [days[0], days.at(-1)];
  return (
    <figure className="coverage-picture" style={{ maxWidth: days.length * stepPxMax }}>
      <svg
        viewBox={`0 0 ${days.length * step} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={pictureSentence(days)}
      >
        {days.map((day, at) => (
          <Bar key={day.day} day={day} at={at} most={most} />
        ))}
      </svg>
      <figcaption className="tabular">
        <span>{first === undefined ? "" : formatDate(first.day)}</span>
        <span>most on a day: {formatCount(most)}</span>
        <span>{last === undefined ? "" : formatDate(last.day)}</span>
      </figcaption>
    </figure>
  );
}

interface BarProps {
  readonly day: CoverageDay;
  readonly at: number;
  readonly most: number;
}

/** A part that is there is seen, however small it is. */
function Bar({ day: { day, results, coded }, at, most }: BarProps) {
  const x = at * step;
  if (results === 0) return <rect className="coverage-bar-none" x={x} y={height - 1} width={barWidth} height={1} />;
  const tall = Math.max(4, (results / most) * height);
  const other = results === coded ? 0 : Math.max(2, (1 - coded / results) * tall);
  return (
    <g>
      <title>{`${formatDate(day)}: ${formatCount(coded)} of ${formatCount(results)}, ${shareText(coded, results)}`}</title>
      <rect className="coverage-bar-coded" x={x} y={height - tall + other} width={barWidth} height={tall - other} />
      <rect className="coverage-bar-other" x={x} y={height - tall} width={barWidth} height={other} />
    </g>
  );
}

/** `Results by day from 25-Oct-2026 to 23-Nov-2026: 99.4 % of 1,204 came with a known code and unit; lowest 97 % on 3-Nov-2026.` */
export function pictureSentence(days: readonly CoverageDay[]): string {
  const sent = days.filter(({ results }) => results > 0);
  const [first, last] = [days[0], days.at(-1)];
  const lowest = sent.toSorted((a, b) => a.coded / a.results - b.coded / b.results)[0];
  if (first === undefined || last === undefined || lowest === undefined) return "No results in these days.";
  const results = sent.reduce((sum, day) => sum + day.results, 0);
  const coded = sent.reduce((sum, day) => sum + day.coded, 0);
  const span =
    first === last ? `on ${formatDate(first.day)}` : `from ${formatDate(first.day)} to ${formatDate(last.day)}`;
  const worst =
    sent.length === 1 ? "" : `; lowest ${shareText(lowest.coded, lowest.results)} on ${formatDate(lowest.day)}`;
  return `Results by day ${span}: ${shareText(coded, results)} of ${countOf(results, "result")} came with a known code and unit${worst}.`;
}
