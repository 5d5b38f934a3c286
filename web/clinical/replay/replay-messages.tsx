import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReplayMessageView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { countOf } from "../../parts/format/numbers.ts";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import { Change } from "./difference-groups.tsx";
import { replayMessagesQuery } from "./replay-queries.ts";
import { differenceWords, effectWords } from "./replay-words.ts";

/** Every message of a replay, field by field, worked out as things are now. */
export function ReplayMessages({ id }: { readonly id: string }) {
  const query = useInfiniteQuery(replayMessagesQuery(id));
  return (
    <section className="replay-section" aria-labelledby="replay-messages">
      <h2 id="replay-messages">Message by message</h2>
      <Loaded query={query} label="Working out each message" rows={6}>
        {({ pages }) => (
          <div className="replay-groups">
            {pages
              .flatMap((page) => page.messages)
              .map((message) => (
                <OneMessage key={message.id} message={message} />
              ))}
            <MoreRows query={query} label="Show later messages" />
          </div>
        )}
      </Loaded>
    </section>
  );
}

function OneMessage({ message }: { readonly message: ReplayMessageView }) {
  const { id, arrivedAt, type, controlId, differences, differencesLeftOut, deliveries, isDuplicate, left } = message;
  return (
    <details className="replay-group">
      <summary>
        <strong>
          {type ?? "Message"} {controlId ?? id.slice(0, 8)}
        </strong>
        <span className="replay-note tabular">{formatDateTime(arrivedAt)}</span>
        <Summary message={message} />
      </summary>
      <ul className="replay-examples">
        <li>
          <Link to="/links/messages/$id" params={{ id }}>
            Open the message
          </Link>
        </li>
        {isDuplicate ? <li>Everything is so already, and nothing would be sent.</li> : null}
        {left === undefined ? null : <li>{left.text}</li>}
        {differences.map((each) => (
          <li key={`${each.resource} ${each.where} ${differenceWords(each.difference)}`} className="replay-example">
            {each.where === undefined ? (
              <span>{differenceWords(each.difference)}</span>
            ) : (
              <span className="fixed-width">
                {each.resource?.slice(0, each.resource.indexOf("/"))} {each.where}
              </span>
            )}
            {each.difference.is === "outcome" ? null : <Change example={each} />}
          </li>
        ))}
        {differencesLeftOut === 0 ? null : <li>And {countOf(differencesLeftOut, "further value")}.</li>}
        {deliveries.map(({ destination, effect, isSent }) => (
          <li key={destination} className="replay-example">
            <span>{destination}</span>
            <span className="replay-note">
              {effectWords[effect].toLowerCase()}: {isSent ? "would be sent" : "would not be sent"}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Summary({
  message: { differences, differencesLeftOut, deliveries, isDuplicate, left },
}: {
  readonly message: ReplayMessageView;
}) {
  if (left !== undefined) return <Tag tone="warn">left as it is</Tag>;
  if (isDuplicate) return <Tag tone="plain">duplicate</Tag>;
  const values = differences.length + differencesLeftOut;
  const sent = deliveries.filter(({ isSent }) => isSent).length;
  return (
    <>
      {values === 0 ? null : <Tag tone="accent">{countOf(values, "difference")}</Tag>}
      {sent === 0 ? null : <Tag tone="accent">{countOf(sent, "delivery", "deliveries")}</Tag>}
    </>
  );
}
