import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { ScrollRegion } from "../../parts/scroll-region/scroll-region.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { type JsonToken, jsonTokens, resourceReference } from "./json-tokens.ts";
import { type ResourceVersion, resourceHistoryQuery } from "./resource-queries.ts";
import "./resource.css";

const route = getRouteApi("/signed-in/resource/$kind/$id");

/** A resource as FHIR JSON, with every version it has had. */
export function ResourcePage() {
  const { kind, id } = route.useParams();
  const { version } = route.useSearch();
  const history = useQuery(resourceHistoryQuery(kind, id));
  return (
    <div className="page">
      <div className="page-head">
        <h1>{kind}</h1>
        <p className="fixed-width">{id}</p>
      </div>
      <Loaded query={history} label="Loading the resource" rows={12}>
        {(versions) => <Versions versions={versions} asked={version} />}
      </Loaded>
    </div>
  );
}

interface VersionsProps {
  readonly versions: readonly ResourceVersion[];
  readonly asked: string | undefined;
}

function Versions({ versions, asked }: VersionsProps) {
  const { kind, id } = route.useParams();
  const shown = versions.find((one) => one.version === asked) ?? versions[0];
  if (shown === undefined)
    return (
      <EmptyPanel icon="document" title="No version">
        The record holds no version of this resource that you may see.
      </EmptyPanel>
    );
  return (
    <div className="resource">
      <nav className="resource-versions" aria-label="Versions">
        <h2>Versions</h2>
        <ol>
          {versions.map((one) => (
            <li key={one.version}>
              <Link
                to="."
                search={{ version: one.version }}
                className="resource-version tabular"
                aria-current={one === shown ? "page" : undefined}
                activeProps={{}}
                replace
              >
                <strong>{one.version}</strong>
                {one.recorded === undefined ? "" : formatDateTime(one.recorded)}
                {one.content === undefined ? " deleted" : ""}
              </Link>
            </li>
          ))}
        </ol>
        <p>
          <a href={`/fhir/${kind}/${id}`} target="_blank" rel="noreferrer">
            FHIR <Icon name="external" size={13} label="in a new tab" />
          </a>
        </p>
      </nav>
      <Content version={shown} />
    </div>
  );
}

function Content({ version }: { readonly version: ResourceVersion }) {
  const tokens = useMemo(() => (version.content === undefined ? [] : jsonTokens(version.content)), [version]);
  if (version.content === undefined)
    return (
      <EmptyPanel icon="cross" title={`Version ${version.version} is a deletion`}>
        Choose an earlier version to see what was there.
      </EmptyPanel>
    );
  return (
    <ScrollRegion className="resource-json" label={`Content of version ${version.version}`}>
      {tokens.map((token) => (
        <Token key={token.at} token={token} />
      ))}
    </ScrollRegion>
  );
}

function Token({ token }: { readonly token: JsonToken }) {
  const target = token.is === "reference" ? resourceReference(token.text) : undefined;
  if (target !== undefined)
    return (
      <Link to="/resource/$kind/$id" params={target}>
        {token.text}
      </Link>
    );
  return <span data-is={token.is}>{token.text}</span>;
}
