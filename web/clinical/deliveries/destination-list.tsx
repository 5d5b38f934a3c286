import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { DestinationsPage, DestinationView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { formatCount } from "../../parts/format/numbers.ts";
import type { IconName } from "../../parts/icon/icon.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Tag, type TagTone } from "../../parts/tag/tag.tsx";
import { usePermission } from "../../shell/session/session.ts";
import { ageText } from "../holds/age.ts";
import { Certificates } from "../links/certificates.tsx";
import type { Deed } from "./delivery-queries.ts";

const states: Readonly<Record<DestinationView["state"], { word: string; tone: TagTone; icon: IconName }>> = {
  connected: { word: "Connected", tone: "good", icon: "check" },
  idle: { word: "Nothing to send", tone: "plain", icon: "clock" },
  connecting: { word: "Connecting", tone: "accent", icon: "refresh" },
  failing: { word: "Failing", tone: "bad", icon: "cross" },
  closed: { word: "Closed", tone: "warn", icon: "hold" },
};

const paused = { word: "Paused", tone: "warn", icon: "hold" } as const;

interface DestinationListProps {
  readonly page: DestinationsPage;
  onDeed(deed: Deed): void;
}

/** Each destination: its state in a word, how much waits and since when, and the lanes that stand. */
export function DestinationList({ page, onDeed }: DestinationListProps) {
  if (page.destinations.length === 0)
    return (
      <EmptyPanel icon="links" title="No destination is set up">
        Messages go to the record alone. Destinations and routes are files of the links' configuration.
      </EmptyPanel>
    );
  return (
    <ul className="destinations">
      {page.destinations.map((destination) => (
        <Destination key={destination.name} destination={destination} at={page.at} onDeed={onDeed} />
      ))}
    </ul>
  );
}

interface DestinationProps {
  readonly destination: DestinationView;
  readonly at: string;
  onDeed(deed: Deed): void;
}

function Destination({ destination, at, onDeed }: DestinationProps) {
  const mayManage = usePermission("deliveries.manage");
  const { name, title, isPaused, problem } = destination;
  const state = isPaused ? paused : states[destination.state];
  const is = isPaused ? "resume" : "pause";
  return (
    <li className="destination" data-state={isPaused ? "paused" : destination.state}>
      <div className="destination-head">
        <h3>{title}</h3>
        <Tag tone={state.tone} icon={state.icon}>
          {state.word}
        </Tag>
        <p className="quiet tabular destination-state">
          {destination.stateText}
          {destination.stateSince === undefined ? "" : ` since ${formatDateTime(destination.stateSince)}`}
          {destination.isHere ? "" : " · another process sends to it, or none does yet"}
        </p>
        {mayManage ? (
          <Button
            className="destination-switch"
            variant="default"
            size="xs"
            aria-label={`${isPaused ? "Resume" : "Pause"} ${title}`}
            onClick={() => onDeed({ is, of: name, title })}
          >
            {isPaused ? "Resume" : "Pause"}
          </Button>
        ) : null}
      </div>
      {problem === undefined ? null : <p className="destination-problem">{problem}</p>}
      <Counts destination={destination} at={at} />
      <Answers destination={destination} at={at} />
      <Certificates of="destination" name={name} />
    </li>
  );
}

function Counts({ destination, at }: Omit<DestinationProps, "onDeed">) {
  const { name, queued, underWay, parked, oldestQueuedAt } = destination;
  return (
    <dl className="destination-counts tabular">
      <Count term="Waiting" count={queued} search={{ destination: name, state: "queued" }} />
      <div>
        <dt>Longest waiting</dt>
        <dd title={oldestQueuedAt === undefined ? undefined : formatDateTime(oldestQueuedAt)}>
          {oldestQueuedAt === undefined ? "none" : ageText(minutesBetween(oldestQueuedAt, at))}
        </dd>
      </div>
      <div>
        <dt>Being sent</dt>
        <dd>{formatCount(underWay)}</dd>
      </div>
      <Count term="Lanes that stand" count={parked} search={{ destination: name, state: "parked" }} warn />
    </dl>
  );
}

/** When it last took something, and what it last refused. */
function Answers({ destination: { lastDelivered, lastError }, at }: Omit<DestinationProps, "onDeed">) {
  if (lastDelivered === undefined && lastError === undefined) return null;
  return (
    <p className="destination-answers tabular">
      {lastDelivered === undefined ? null : (
        <span title={formatDateTime(lastDelivered.at)}>
          Last acknowledgement {ageText(minutesBetween(lastDelivered.at, at))} ago
        </span>
      )}
      {lastError === undefined ? null : (
        <span className="destination-error">
          {formatDateTime(lastError.at)}: {lastError.text}
        </span>
      )}
    </p>
  );
}

interface CountProps {
  readonly term: string;
  readonly count: number;
  readonly search: { readonly destination: string; readonly state: string };
  readonly warn?: boolean;
}

function Count({ term, count, search, warn = false }: CountProps) {
  return (
    <div data-warn={warn && count > 0}>
      <dt>{term}</dt>
      <dd>
        <Link to="/links/deliveries" search={search}>
          {formatCount(count)}
        </Link>
      </dd>
    </div>
  );
}

function minutesBetween(from: string, to: string): number {
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 60_000));
}
