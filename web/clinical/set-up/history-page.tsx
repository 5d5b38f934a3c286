import { Button } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { DeploymentView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import "../../parts/table/table.css";
import { Tag } from "../../parts/tag/tag.tsx";
import { SetUpHead } from "./set-up-head.tsx";
import { historyQuery } from "./set-up-queries.ts";

const step = 50;

/** As many as the server gives at once. */
const countMax = 100;

/** Every deployment with who, when and why, the newest first; each can be looked at and gone back to. */
export function HistoryPage() {
  const [count, setCount] = useState(step);
  const query = useQuery({ ...historyQuery(count), placeholderData: keepPreviousData });
  return (
    <div className="page">
      <SetUpHead note="Every configuration that was deployed is kept" />
      <Loaded query={query} label="Loading the history" rows={6}>
        {({ deployments }) =>
          deployments.length === 0 ? (
            <EmptyPanel icon="clock" title="Nothing has been deployed yet">
              Every deployment and every way back appears here, with who, when and why.
            </EmptyPanel>
          ) : (
            <>
              <HistoryTable deployments={deployments} />
              {deployments.length < count || count >= countMax ? null : (
                <div className="table-more">
                  <Button
                    variant="default"
                    size="xs"
                    loading={query.isPlaceholderData}
                    onClick={() => setCount(Math.min(count + step, countMax))}
                  >
                    Show earlier versions
                  </Button>
                </div>
              )}
            </>
          )
        }
      </Loaded>
    </div>
  );
}

function HistoryTable({ deployments }: { readonly deployments: readonly DeploymentView[] }) {
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Deployed versions, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">Why</th>
            <th scope="col">Files that changed</th>
          </tr>
        </thead>
        <tbody>
          {deployments.map((deployment, at) => (
            <Row key={deployment.version} deployment={deployment} isNewest={at === 0} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ deployment, isNewest }: { readonly deployment: DeploymentView; readonly isNewest: boolean }) {
  const { version, at, by, why, rolledBackTo, changed } = deployment;
  return (
    <tr>
      <th scope="row" className="nowrap">
        <Link to="/links/set-up" search={isNewest ? {} : { version: String(version) }} className="table-link">
          Version {version}
        </Link>{" "}
        {isNewest ? (
          <Tag tone="good" icon="check">
            Runs now
          </Tag>
        ) : null}
      </th>
      <td className="nowrap">{formatDateTime(at)}</td>
      <td className="nowrap">{by.display}</td>
      <td className="set-up-why">
        {why}
        {rolledBackTo === undefined ? null : <span className="set-up-line quiet">Back to version {rolledBackTo}</span>}
      </td>
      <td className="fixed-width set-up-changed">
        <Changed paths={changed} />
      </td>
    </tr>
  );
}

/** A first deployment may have very many. */
const pathsMax = 6;

function Changed({ paths }: { readonly paths: readonly string[] }) {
  if (paths.length === 0) return "none";
  return (
    <>
      {paths.slice(0, pathsMax).map((path) => (
        <span key={path} className="set-up-line">
          {path}
        </span>
      ))}
      {paths.length <= pathsMax ? null : <span className="set-up-line quiet">and {paths.length - pathsMax} more</span>}
    </>
  );
}
