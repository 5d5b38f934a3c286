import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ShadowRunView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { countOf } from "../../parts/format/numbers.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import "../../parts/table/table.css";
import { usePermission } from "../../shell/session/session.ts";
import { ReplayHead } from "./replay-head.tsx";
import { shadowRunsQuery } from "./replay-queries.ts";
import { ReplayStateTag } from "./replay-state-tag.tsx";
import { choiceWords } from "./replay-words.ts";
import { ShadowForm } from "./shadow-form.tsx";

/** Set-ups that were tried on what came before. */
export function ShadowRunsPage() {
  const query = useQuery(shadowRunsQuery);
  const mayReplay = usePermission("messages.replay");
  return (
    <div className="page">
      <ReplayHead note="Try a set-up of the links on what arrived in the last days, and see only what would be different" />
      <div className="replay">
        {mayReplay ? (
          <section className="replay-section" aria-labelledby="shadow-new">
            <h2 id="shadow-new">New shadow run</h2>
            <ShadowForm />
          </section>
        ) : null}
        <section className="replay-section" aria-labelledby="shadow-runs">
          <h2 id="shadow-runs">Shadow runs, newest first</h2>
          <Loaded query={query} label="Loading shadow runs" rows={4}>
            {({ runs }) =>
              runs.length === 0 ? (
                <EmptyPanel icon="explore" title="No set-up was tried yet">
                  A run stays here with what it found, for whoever decides whether the set-up is deployed.
                </EmptyPanel>
              ) : (
                <RunTable runs={runs} />
              )
            }
          </Loaded>
        </section>
      </div>
    </div>
  );
}

function RunTable({ runs }: { readonly runs: readonly ShadowRunView[] }) {
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Shadow runs, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Asked for</th>
            <th scope="col">Set-up</th>
            <th scope="col">Messages</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {runs.map(({ id, askedAt, askedBy, version, choice, total, state, stateText }) => (
            <tr key={id}>
              <th scope="row" className="nowrap">
                <Link to="/links/replay/shadow/$id" params={{ id }} className="table-link">
                  {formatDateTime(askedAt)}
                </Link>
                <span className="replay-small">{askedBy.display}</span>
              </th>
              <td>{version === undefined ? "Files that are not deployed" : `Version ${version}`}</td>
              <td>
                {choiceWords(choice).join(", ")}
                {total === undefined ? null : <span className="replay-small">{countOf(total, "message")}</span>}
              </td>
              <td>
                <ReplayStateTag state={state}>{stateText}</ReplayStateTag>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
