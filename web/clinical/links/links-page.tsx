import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { DestinationView, LinksPage as Links } from "#departments/clinical/api";
import { formatDate } from "../../parts/format/dates.ts";
import { countOf } from "../../parts/format/numbers.ts";
import { useLive } from "../../parts/live/use-live.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { usePermission } from "../../shell/session/session.ts";
import { DeedDrawer } from "../deliveries/deed-drawer.tsx";
import { type Deed, destinationsQuery } from "../deliveries/delivery-queries.ts";
import { DestinationList } from "../deliveries/destination-list.tsx";
import "../deliveries/deliveries.css";
import { Certificates } from "./certificates.tsx";
import { LinkCard } from "./link-card.tsx";
import { linksQuery } from "./link-queries.ts";
import "./links.css";

/** Queues move without a message coming in. */
const queuesEveryMs = 5_000;

/** Every link of the hospital and every destination: whether they work, how much passes, and what waits. */
export function LinksPage() {
  const query = useQuery(linksQuery);
  const mayRead = usePermission("messages.read");
  const destinations = useQuery({ ...destinationsQuery, enabled: mayRead, refetchInterval: queuesEveryMs });
  const [deed, setDeed] = useState<Deed>();
  const client = useQueryClient();
  useLive({
    path: "/api/clinical/links/live",
    position: query.data?.position,
    onChange: () => void client.invalidateQueries({ queryKey: linksQuery.queryKey }),
  });
  return (
    <div className="page">
      <div className="page-head">
        <h1>Links</h1>
        {query.data === undefined ? null : (
          <p className="tabular">
            {formatDate(query.data.day)}: {countOf(query.data.today.total, "message")} so far
          </p>
        )}
      </div>
      <Certificates of="door" name="http" title="Web door" />
      <Certificates of="door" name="dicom" title="DICOM door" />
      <Loaded query={query} label="Loading the links">
        {(page) => <LinkList page={page} destinations={destinations.data?.destinations ?? []} onDeed={setDeed} />}
      </Loaded>
      {mayRead ? (
        <section className="links-destinations" aria-labelledby="links-destinations">
          <h2 id="links-destinations">Destinations</h2>
          <Loaded query={destinations} label="Loading the destinations" rows={3}>
            {(page) => <DestinationList page={page} onDeed={setDeed} />}
          </Loaded>
        </section>
      ) : null}
      {deed === undefined ? null : <DeedDrawer deed={deed} onClose={() => setDeed(undefined)} />}
    </div>
  );
}

interface LinkListProps {
  readonly page: Links;
  readonly destinations: readonly DestinationView[];
  onDeed(deed: Deed): void;
}

function LinkList({ page, destinations, onDeed }: LinkListProps) {
  if (page.links.length === 0)
    return (
      <EmptyPanel icon="links" title="No links are set up">
        A link appears here as soon as Corridor listens on a port for it. See the setting CORRIDOR_MLLP_PORT.
      </EmptyPanel>
    );
  return (
    <div className="links">
      {page.links.map((link) => (
        <LinkCard key={link.name} link={link} destinations={destinations} onDeed={onDeed} />
      ))}
    </div>
  );
}
