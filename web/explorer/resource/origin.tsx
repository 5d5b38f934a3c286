import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { formatDateTime } from "../../parts/format/dates.ts";
import { LoadingPanel } from "../../parts/state-panel/loading-panel.tsx";
import { usePermission } from "../../shell/session/session.ts";
import { searchableQuery } from "../fhir/capability-query.ts";
import { issuesOf } from "../fhir/outcome.ts";
import { provenanceQuery } from "../fhir/resource-queries.ts";
import { IssueList } from "../issue-list.tsx";
import { ValueLine } from "../values/value-line.tsx";
import { type Origin as OriginFacts, originFrom, originOf } from "./provenance-facts.ts";

interface OriginProps {
  readonly type: string;
  readonly id: string;
  readonly version?: string;
}

/** Who or what a version came from, by its Provenance; nothing for those who may not see it. */
export function Origin({ type, id, version }: OriginProps) {
  const searchable = useQuery(searchableQuery).data;
  const isOpen = searchable?.types.includes("Provenance") === true;
  const query = useQuery({ ...provenanceQuery(type, id), enabled: isOpen });
  if (!isOpen) return null;
  const origin = originOf(query.data?.map((each) => originFrom(each, `${type}/${id}`)) ?? [], version);
  return (
    <section className="origin">
      <h2>Where this came from</h2>
      {query.isPending ? <LoadingPanel label="Loading where this came from" rows={2} /> : null}
      {query.error === null ? null : <IssueList issues={issuesOf(query.error)} />}
      {query.data !== undefined && origin === undefined ? (
        <p className="quiet">No Provenance that you may see names this version.</p>
      ) : null}
      {origin === undefined ? null : <Facts origin={origin} />}
    </section>
  );
}

const activities: Readonly<Record<string, string>> = {
  CREATE: "created it",
  UPDATE: "changed it",
  DELETE: "deleted it",
  OPERATE: "wrote several resources",
};

function Facts({ origin }: { readonly origin: OriginFacts }) {
  const { activity } = origin;
  return (
    <>
      <p className="origin-who">
        {origin.agents.join(", ") || "Somebody unnamed"}{" "}
        <span className="quiet">{activity === undefined ? "" : (activities[activity] ?? activity)}</span>
      </p>
      {origin.recorded === undefined ? null : <p className="tabular quiet">{formatDateTime(origin.recorded)}</p>}
      {origin.sources.map((source, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sources are known by their place
        <p key={index}>
          from <Source what={source} />
        </p>
      ))}
      <p>
        <Link to="/explorer/$type/$id" params={{ type: "Provenance", id: origin.id }}>
          Provenance
        </Link>
      </p>
    </>
  );
}

/** A message that came over a link has a page of its own, for those who may read messages. */
function Source({ what }: { readonly what: Readonly<Record<string, unknown>> }) {
  const mayReadMessages = usePermission("messages.read");
  const message = /^LinkMessage\/([A-Za-z0-9\-.]+)/.exec(String(what.reference))?.[1];
  if (message === undefined) return <ValueLine type="Reference" value={what} />;
  if (!mayReadMessages) return <>a message over a link</>;
  return (
    <Link to="/links/messages/$id" params={{ id: message }}>
      the message
    </Link>
  );
}
