import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import { searchableQuery } from "../fhir/capability-query.ts";
import { historyQuery, provenanceQuery, type ResourceVersion, versionsMax } from "../fhir/resource-queries.ts";
import { DifferenceTable } from "./difference-table.tsx";
import { type Origin, originFrom, originOf } from "./provenance-facts.ts";
import "../../parts/table/table.css";

const route = getRouteApi("/signed-in/explorer/$type/$id");

interface HistoryTabProps {
  readonly type: string;
  readonly id: string;
}

/** Every version, who wrote it and when, and what is different between any two. */
export function HistoryTab({ type, id }: HistoryTabProps) {
  const history = useQuery(historyQuery(type, id));
  const searchable = useQuery(searchableQuery).data;
  const isNamed = searchable?.types.includes("Provenance") === true;
  const provenance = useQuery({ ...provenanceQuery(type, id), enabled: isNamed });
  const origins = (provenance.data ?? []).map((each) => originFrom(each, `${type}/${id}`));
  return (
    <Loaded query={history} label="Loading the versions" rows={6}>
      {(versions) => (
        <>
          <VersionTable versions={versions} origins={origins} />
          {versions.length >= versionsMax ? (
            <p className="quiet">Only the newest {versionsMax} versions are listed.</p>
          ) : null}
          {versions.filter(({ content }) => content !== undefined).length > 1 ? (
            <Comparison versions={versions} />
          ) : (
            <p className="quiet">There is one version, so nothing to compare.</p>
          )}
        </>
      )}
    </Loaded>
  );
}

interface VersionTableProps {
  readonly versions: readonly ResourceVersion[];
  readonly origins: readonly Origin[];
}

function VersionTable({ versions, origins }: VersionTableProps) {
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Versions</caption>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col">Who</th>
          </tr>
        </thead>
        <tbody>
          {versions.map(({ version, recorded, action }, index) => (
            <tr key={version}>
              <th scope="row" className="nowrap">
                {action === "deleted" ? (
                  version
                ) : (
                  <Link to="." search={index === 0 ? {} : { version }} className="table-link">
                    Version {version}
                  </Link>
                )}
              </th>
              <td className="nowrap">{recorded === undefined ? "" : formatDateTime(recorded)}</td>
              <td>{action === "deleted" ? <Tag tone="bad">deleted</Tag> : action}</td>
              <td>{originOf(origins, version)?.agents.join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The newest and the one before it, until others are chosen. */
function Comparison({ versions }: { readonly versions: readonly ResourceVersion[] }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const comparable = versions.filter(({ content }) => content !== undefined);
  const after = comparable.find(({ version }) => version === search.after) ?? comparable[0];
  const before = comparable.find(({ version }) => version === search.before) ?? comparable[1];
  const choose = (which: "before" | "after", version: string) =>
    void navigate({ to: ".", search: (kept) => ({ ...kept, [which]: version }), replace: true });
  const names = comparable.map(({ version }) => ({ value: version, label: `Version ${version}` }));
  return (
    <section className="comparison" aria-labelledby="comparison">
      <h2 id="comparison">Differences</h2>
      <div className="comparison-choice">
        <NativeSelect
          label="From"
          value={before?.version ?? ""}
          data={names}
          onChange={(event) => choose("before", event.currentTarget.value)}
        />
        <NativeSelect
          label="To"
          value={after?.version ?? ""}
          data={names}
          onChange={(event) => choose("after", event.currentTarget.value)}
        />
      </div>
      {before === undefined || after === undefined ? null : <DifferenceTable before={before} after={after} />}
    </section>
  );
}
