import { formatCount } from "../../parts/format/numbers.ts";

interface BarsProps {
  readonly title: string;
  /** The most, and when: said for whoever does not see the bars. */
  readonly sentence: string;
  readonly bars: readonly Bar[];
  readonly first: string;
  readonly last: string;
}

export interface Bar {
  /** `23-Nov-2026`. */
  readonly name: string;
  readonly received: number;
  /** Drawn beside what was received, where it is told. */
  readonly sent?: number;
}

const height = 90;
const step = 12;

/** Bars side by side, all by one measure; the tables below say the same. */
export function BarsPicture({ title, sentence, bars, first, last }: BarsProps) {
  const most = Math.max(1, ...bars.flatMap(({ received, sent = 0 }) => [received, sent]));
  return (
    <figure className="figures-picture">
      <h2>{title}</h2>
      {bars.some(({ sent }) => sent !== undefined) ? <Key /> : null}
      <svg
        viewBox={`0 0 ${bars.length * step} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title}. ${sentence}`}
      >
        {bars.map((bar, at) => (
          <Pair key={bar.name} bar={bar} x={at * step} most={most} />
        ))}
      </svg>
      <figcaption className="tabular">
        <span>{first}</span>
        <span>most: {formatCount(most)}</span>
        <span>{last}</span>
      </figcaption>
    </figure>
  );
}

function Key() {
  return (
    <p className="figures-key">
      <span className="figures-key-in" aria-hidden="true" /> received
      <span className="figures-key-out" aria-hidden="true" /> sent on
    </p>
  );
}

function Pair({ bar, x, most }: { readonly bar: Bar; readonly x: number; readonly most: number }) {
  const { name, received, sent } = bar;
  const tall = (count: number) => (count === 0 ? 1 : Math.max(2, (count / most) * height));
  const width = sent === undefined ? step - 2 : (step - 2) / 2;
  const told = `${name}: ${formatCount(received)} received`;
  return (
    <g>
      <title>{sent === undefined ? told : `${told}, ${formatCount(sent)} sent on`}</title>
      <rect className="figures-in" x={x} y={height - tall(received)} width={width} height={tall(received)} />
      {sent === undefined ? null : (
        <rect className="figures-out" x={x + width} y={height - tall(sent)} width={width} height={tall(sent)} />
      )}
    </g>
  );
}
