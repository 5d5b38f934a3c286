import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { LinksPage as Links } from "#departments/clinical/api";
import { formatDate } from "../../parts/format/dates.ts";
import { countOf } from "../../parts/format/numbers.ts";
import { useLive } from "../../parts/live/use-live.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { LinkCard } from "./link-card.tsx";
import { linksQuery } from "./link-queries.ts";
import "./links.css";

/** Every link of the hospital, whether it works, and what came over it today. */
export function LinksPage() {
  const query = useQuery(linksQuery);
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
      <Loaded query={query} label="Loading the links">
        {(page) => <LinkList page={page} />}
      </Loaded>
    </div>
  );
}

function LinkList({ page }: { readonly page: Links }) {
  if (page.links.length === 0)
    return (
      <EmptyPanel icon="links" title="No links are set up">
        A link appears here as soon as Corridor listens on a port for it. See the setting CORRIDOR_MLLP_PORT.
      </EmptyPanel>
    );
  return (
    <div className="links">
      {page.links.map((link) => (
        <LinkCard key={link.name} link={link} />
      ))}
    </div>
  );
}
