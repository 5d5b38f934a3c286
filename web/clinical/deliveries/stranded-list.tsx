import { Button, NativeSelect } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { DestinationsPage, StrandedDestination } from "#departments/clinical/api";
import { formatCount } from "../../parts/format/numbers.ts";
import { Tag } from "../../parts/tag/tag.tsx";
import { usePermission } from "../../shell/session/session.ts";
import type { Deed } from "./delivery-queries.ts";

interface StrandedListProps {
  readonly page: DestinationsPage;
  onDeed(deed: Deed): void;
}

/** Destinations that were taken out of the set-up while messages waited for them: somebody has to say what becomes of those. */
export function StrandedList({ page: { stranded, destinations }, onDeed }: StrandedListProps) {
  if (stranded.length === 0) return null;
  return (
    <ul className="destinations" aria-label="Destinations that are not set up any more">
      {stranded.map((destination) => (
        <Stranded key={destination.name} destination={destination} others={destinations} onDeed={onDeed} />
      ))}
    </ul>
  );
}

interface StrandedProps {
  readonly destination: StrandedDestination;
  readonly others: DestinationsPage["destinations"];
  onDeed(deed: Deed): void;
}

function Stranded({ destination: { name, queued, parked }, others, onDeed }: StrandedProps) {
  const mayManage = usePermission("deliveries.manage");
  const [to, setTo] = useState(others[0]?.name ?? "");
  const choices = others.map(({ name: value, title: label }) => ({ value, label }));
  return (
    <li className="destination" data-state="failing">
      <div className="destination-head">
        <h3>{name}</h3>
        <Tag tone="bad" icon="alert">
          Not set up any more
        </Tag>
        <p className="quiet tabular">
          <Link to="/links/deliveries" search={{ destination: name }}>
            {formatCount(queued + parked)} {queued + parked === 1 ? "message waits" : "messages wait"}
          </Link>{" "}
          and go nowhere until somebody says where to
        </p>
      </div>
      {mayManage ? (
        <div className="stranded-choices">
          {to === "" ? null : (
            <>
              <NativeSelect
                label={`Instead of ${name}`}
                size="xs"
                value={to}
                data={choices}
                onChange={(event) => setTo(event.currentTarget.value)}
              />
              <Button variant="default" size="xs" onClick={() => onDeed({ is: "send-to", of: name, title: name, to })}>
                Send them there
              </Button>
            </>
          )}
          <Button variant="default" size="xs" onClick={() => onDeed({ is: "cancel", of: name, title: name })}>
            Let them go
          </Button>
        </div>
      ) : null}
    </li>
  );
}
