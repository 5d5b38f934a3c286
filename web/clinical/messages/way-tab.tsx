import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { DeliveryView, MessageView } from "#departments/clinical/api";
import { formatClock, formatDate } from "../../parts/format/dates.ts";
import type { IconName } from "../../parts/icon/icon.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import { deliveriesQuery } from "../deliveries/delivery-queries.ts";
import { type Stage, stagesOf } from "./stages.ts";

/** From the first byte to the last destination, each stage with its time. */
export function WayTab({ message }: { readonly message: MessageView }) {
  const query = useInfiniteQuery(deliveriesQuery({ message: message.id }));
  return (
    <Loaded query={query} label="Loading its deliveries" rows={5}>
      {({ pages }) => <Stages message={message} deliveries={pages.flatMap((page) => page.deliveries)} />}
    </Loaded>
  );
}

const icons: Readonly<Record<Stage["tone"], IconName>> = { good: "check", warn: "hold", bad: "cross", plain: "dot" };

interface StagesProps {
  readonly message: MessageView;
  readonly deliveries: readonly DeliveryView[];
}

function Stages({ message, deliveries }: StagesProps) {
  return (
    <ol className="message-way" aria-label="Stages">
      {stagesOf(message, deliveries).map((stage) => (
        <li key={`${stage.title} ${stage.at}`}>
          <span className="message-way-time tabular">
            {stage.at === undefined ? "" : `${formatDate(stage.at)} ${formatClock(stage.at)}`}
          </span>
          <span>
            <Tag tone={stage.tone} icon={icons[stage.tone]}>
              {stage.title}
            </Tag>
          </span>
          <span className="message-way-text">
            {stage.text}{" "}
            {stage.tab === undefined ? null : (
              <Link to="." search={{ tab: stage.tab }} aria-label={`Details: ${stage.title}`} replace>
                Details
              </Link>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
