import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import { usePermission } from "../../shell/session/session.ts";
import type { Resource } from "../fhir/bundle.ts";
import { isRecord } from "../fhir/outcome.ts";
import { readQuery } from "../fhir/resource-queries.ts";
import { resourceTitle } from "../values/resource-title.ts";
import { HistoryTab } from "./history-tab.tsx";
import { JsonView } from "./json-view.tsx";
import { Origin } from "./origin.tsx";
import { Readable } from "./readable.tsx";
import { ReferencesTab } from "./references-tab.tsx";
import { resourceTabOf, resourceTabs } from "./resource-tabs.ts";
import "../explorer.css";
import "./resource.css";

const route = getRouteApi("/signed-in/explorer/$type/$id");

/** One resource: to read, as JSON, through its versions, and what refers to it. */
export function ResourcePage() {
  const { type, id } = route.useParams();
  const { tab: asked, version } = route.useSearch();
  const tab = resourceTabOf(asked);
  const query = useQuery(readQuery(type, id, version));
  return (
    <div className="page">
      <p className="explorer-back">
        <Link to="/explorer/$type" params={{ type }}>
          <Icon name="chevron-left" size={15} /> {type}
        </Link>
      </p>
      <ResourceHead type={type} id={id} resource={query.data} />
      <nav className="explorer-tabs" aria-label="Resource">
        <ul>
          {resourceTabs.map(({ name, label }) => (
            <li key={name}>
              <Link
                to="."
                search={({ version: kept }) => ({ tab: name, ...(kept === undefined ? {} : { version: kept }) })}
                className="explorer-tab"
                aria-current={name === tab ? "page" : undefined}
                activeProps={{}}
                replace
              >
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {tab === "history" ? <HistoryTab type={type} id={id} /> : null}
      {tab === "references" ? <ReferencesTab type={type} id={id} /> : null}
      {tab === "readable" || tab === "json" ? (
        <Loaded query={query} label="Loading the resource" rows={12}>
          {(resource) => (tab === "json" ? <JsonTab resource={resource} /> : <ReadableTab resource={resource} />)}
        </Loaded>
      ) : null}
    </div>
  );
}

interface ResourceHeadProps {
  readonly type: string;
  readonly id: string;
  readonly resource: Resource | undefined;
}

function ResourceHead({ type, id, resource }: ResourceHeadProps) {
  const { version } = route.useSearch();
  const meta = isRecord(resource?.meta) ? resource.meta : {};
  return (
    <div className="resource-head">
      <h1>{resource === undefined ? type : resourceTitle(resource)}</h1>
      <p className="resource-facts">
        <span>{type}</span>
        <span className="fixed-width">{id}</span>
        {typeof meta.versionId === "string" ? (
          <span className="tabular">
            Version {meta.versionId}
            {typeof meta.lastUpdated === "string" ? ` of ${formatDateTime(meta.lastUpdated)}` : ""}
          </span>
        ) : null}
        {version === undefined ? null : (
          <>
            <Tag tone="warn" icon="clock">
              earlier version asked for
            </Tag>
            <Link to="." search={({ tab }) => (tab === undefined ? {} : { tab })}>
              Show the newest
            </Link>
          </>
        )}
        <ChartLink type={type} id={id} resource={resource} />
      </p>
    </div>
  );
}

/** To the chart of the patient that the resource is about. */
function ChartLink({ type, id, resource }: ResourceHeadProps) {
  const mayOpenChart = usePermission("chart.open");
  const abouts: readonly unknown[] = [resource?.subject, resource?.patient];
  const about = abouts.find(isRecord)?.reference;
  const patient = type === "Patient" ? id : /^Patient\/([A-Za-z0-9\-.]+)$/.exec(String(about))?.[1];
  if (!mayOpenChart || patient === undefined || resource === undefined) return null;
  return (
    <Link to="/patients/$id" params={{ id: patient }}>
      Open the chart
    </Link>
  );
}

function ReadableTab({ resource }: { readonly resource: Resource }) {
  const { type, id } = route.useParams();
  const meta = isRecord(resource.meta) ? resource.meta : {};
  return (
    <div className="resource-columns">
      <div className="resource-main">
        <Readable resource={resource} />
      </div>
      <aside className="resource-aside" aria-label="About this version">
        {type === "Provenance" || type === "AuditEvent" ? null : (
          <Origin type={type} id={id} {...(typeof meta.versionId === "string" ? { version: meta.versionId } : {})} />
        )}
        <MetaFacts meta={meta} />
      </aside>
    </div>
  );
}

function MetaFacts({ meta }: { readonly meta: Readonly<Record<string, unknown>> }) {
  const { profile, tag, security } = meta;
  const labels = [tag, security].flatMap((codings) => (Array.isArray(codings) ? codings.filter(isRecord) : []));
  const profiles = Array.isArray(profile) ? profile.map(String) : [];
  if (profiles.length + labels.length === 0) return null;
  return (
    <section>
      <h2>Profiles and labels</h2>
      <ul className="resource-labels">
        {profiles.map((url) => (
          <li key={url} className="address">
            {url}
          </li>
        ))}
        {labels.map(({ system, code, display }) => (
          <li key={`${String(system)} ${String(code)}`}>{String(display ?? code)}</li>
        ))}
      </ul>
    </section>
  );
}

function JsonTab({ resource }: { readonly resource: Resource }) {
  const { type, id } = route.useParams();
  const { version } = route.useSearch();
  const path = `/fhir/${type}/${id}${version === undefined ? "" : `/_history/${version}`}`;
  return (
    <JsonView value={resource} label={`${type} as JSON`}>
      <p className="resource-raw">
        <a href={`${path}?_format=json&_pretty=true`} target="_blank" rel="noreferrer">
          FHIR JSON <Icon name="external" size={13} label="in a new tab" />
        </a>
        <a href={`${path}?_format=xml&_pretty=true`} target="_blank" rel="noreferrer">
          FHIR XML <Icon name="external" size={13} label="in a new tab" />
        </a>
      </p>
    </JsonView>
  );
}
