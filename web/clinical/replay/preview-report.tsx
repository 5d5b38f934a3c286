import { Link } from "@tanstack/react-router";
import type {
  DeliveryEffect,
  DestinationEffects,
  LeftMessages,
  ReplayInto,
  ReplayPreview,
} from "#departments/clinical/api";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import { ScrollRegion } from "../../parts/scroll-region/scroll-region.tsx";
import "../../parts/table/table.css";
import { DifferenceGroups } from "./difference-groups.tsx";
import { effectWords } from "./replay-words.ts";

const deliveryEffects = Object.keys(effectWords) as readonly DeliveryEffect[];

interface PreviewReportProps {
  readonly preview: ReplayPreview;
  readonly into: ReplayInto;
}

/** What a replay would change, where it would send, and what is there already. */
export function PreviewReport({ preview, into }: PreviewReportProps) {
  const { record, destinations, duplicates, left } = preview;
  const sent = destinations.reduce((sum, each) => sum + each.sent, 0);
  const leftAlone = left.reduce((sum, each) => sum + each.messages, 0);
  return (
    <>
      <dl className="replay-numbers tabular">
        {into === "destinations" ? null : <Figure term="Change the record" count={record.different} />}
        {into === "record" ? null : <Figure term="Deliveries to send" count={sent} />}
        <Figure term="Duplicates" count={duplicates.messages} />
        <Figure term="Left as they are" count={leftAlone} />
      </dl>
      {into === "destinations" ? null : (
        <section className="replay-section" aria-labelledby="replay-record">
          <h2 id="replay-record">What would change in the record</h2>
          <p className="replay-note">Each message as if it were replayed first, with what the record holds now.</p>
          <DifferenceGroups report={record} none="Nothing: everything is so already." />
        </section>
      )}
      {into === "record" ? null : (
        <section className="replay-section" aria-labelledby="replay-destinations">
          <h2 id="replay-destinations">Which destinations are touched</h2>
          {destinations.length === 0 ? <p>None.</p> : <DestinationTable destinations={destinations} />}
        </section>
      )}
      {left.length === 0 ? null : <LeftList left={left} />}
    </>
  );
}

function Figure({ term, count }: { readonly term: string; readonly count: number }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{formatCount(count)}</dd>
    </div>
  );
}

function DestinationTable({ destinations }: { readonly destinations: readonly DestinationEffects[] }) {
  const shown = deliveryEffects.filter((effect) => destinations.some(({ effects }) => effects[effect] > 0));
  return (
    <ScrollRegion className="table-frame" label="Deliveries by destination">
      <table className="table table-stacks">
        <caption className="visually-hidden">Deliveries by destination</caption>
        <thead>
          <tr>
            <th scope="col">Destination</th>
            <th scope="col">To send</th>
            {shown.map((effect) => (
              <th key={effect} scope="col">
                {effectWords[effect]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {destinations.map(({ destination, effects, sent }) => (
            <tr key={destination}>
              <th scope="row">{destination}</th>
              <td className="tabular">
                {formatCount(sent)} <span className="replay-cell-word">to send</span>
              </td>
              {shown.map((effect) => (
                <td key={effect} className="tabular" data-none={effects[effect] === 0}>
                  {formatCount(effects[effect])}{" "}
                  <span className="replay-cell-word">{effectWords[effect].toLowerCase()}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function LeftList({ left }: { readonly left: readonly LeftMessages[] }) {
  return (
    <section className="replay-section" aria-labelledby="replay-left">
      <h2 id="replay-left">Left as they are</h2>
      <ul className="replay-examples">
        {left.map(({ code, text, messages, examples: [example] }) => (
          <li key={code} className="replay-example">
            <span className="tabular">{countOf(messages, "message")}</span>
            <span>
              {text} <span className="replay-note">({code})</span>
            </span>
            {example === undefined ? null : (
              <Link to="/links/messages/$id" params={{ id: example }}>
                Such as {example.slice(0, 8)}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
