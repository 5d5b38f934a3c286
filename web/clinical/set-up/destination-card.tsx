import type { DestinationSettings } from "#departments/clinical/api";
import { countOf } from "../../parts/format/numbers.ts";
import { Facts } from "./facts.tsx";
import { batchText, outletText, retryText } from "./settings-words.ts";

const lanes: Readonly<Record<DestinationSettings["lane"], string>> = {
  patient: "the messages of one patient",
  order: "the messages of one order",
  specimen: "the messages of one specimen",
  destination: "every message",
};

/** One destination as it is set up. */
export function DestinationCard({ destination }: { readonly destination: DestinationSettings }) {
  const { name, title, outlet, content, lane, lanesMax, batch, retry } = destination;
  const ways = lane === "destination" ? "" : `, at most ${countOf(lanesMax, "lane")} at once`;
  return (
    <article className="set-up-card" aria-labelledby={`set-up-destination-${name}`}>
      <h3 id={`set-up-destination-${name}`}>
        {title} <span className="fixed-width quiet">{name}</span>
      </h3>
      <Facts
        facts={[
          { term: "Goes out by", value: outletText(outlet) },
          { term: "What is sent", value: content === "as-received" ? "the message as it was received" : content },
          { term: "Kept in order", value: `${lanes[lane]}${ways}` },
          ...(batch === undefined ? [] : [{ term: "Sent in batches", value: batchText(batch) }]),
          { term: "Tried again", value: retryText(retry) },
        ]}
      />
    </article>
  );
}
