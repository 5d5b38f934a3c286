import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Navigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Overview } from "#departments/clinical/api";
import { useLive } from "../../parts/live/use-live.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import { useMe, usePermission } from "../../shell/session/session.ts";
import { overviewQuery } from "./home-queries.ts";
import "./home.css";
import { LinksPart } from "./links-part.tsx";
import { ResultsPart } from "./results-part.tsx";

/** What needs this person now, by what their roles let them see. */
export function HomePage() {
  const me = useMe();
  const query = useInfiniteQuery(overviewQuery);
  useOverviewLive(query.data?.pages[0]);
  return (
    <div className="page">
      <div className="page-head">
        <h1>Home</h1>
        <p>{me?.display}</p>
      </div>
      <Loaded query={query} label="Loading what needs you" rows={8}>
        {({ pages: [overview, ...older] }) =>
          overview === undefined ? null : (
            <Parts overview={withOlder(overview, older)} more={<MoreRows query={query} label="Show more" />} />
          )
        }
      </Loaded>
    </div>
  );
}

/** The results of all pages that were fetched, as one list. */
function withOlder(overview: Overview, older: readonly Overview[]): Overview {
  if (overview.results === undefined) return overview;
  const arrived = [overview, ...older].flatMap((page) => page.results?.arrived ?? []);
  return { ...overview, results: { ...overview.results, arrived } };
}

/** New messages renew the page; without that permission it asks again by itself. */
function useOverviewLive(overview: Overview | undefined): void {
  const client = useQueryClient();
  useLive({
    path: "/api/clinical/messages/live",
    position: overview?.links === undefined ? undefined : overview.position,
    onChange: () => void client.invalidateQueries({ queryKey: overviewQuery.queryKey }),
  });
}

interface PartsProps {
  readonly overview: Overview;
  /** Fetches the next page of results. */
  readonly more: ReactNode;
}

function Parts({ overview, more }: PartsProps) {
  const managesUsers = usePermission("users.manage");
  const home = useMe()?.home ?? "/";
  if (overview.links === undefined && overview.results === undefined && !managesUsers) {
    // Whose work is elsewhere has their home there.
    if (home !== "/") return <Navigate to={home} replace />;
    return (
      <EmptyPanel icon="home" title="Nothing waits for you here">
        The navigation shows what your roles let you open. If something is missing, ask a system administrator for the
        role that your work needs.
      </EmptyPanel>
    );
  }
  return (
    <div className="home">
      {managesUsers ? <UsersPart /> : null}
      {overview.links === undefined ? null : <LinksPart links={overview.links} />}
      {overview.results === undefined ? null : <ResultsPart results={overview.results} more={more} />}
    </div>
  );
}

function UsersPart() {
  return (
    <section className="home-part" aria-labelledby="home-users">
      <h2 id="home-users">People who use Corridor</h2>
      <p className="home-note">
        Add people, give them the roles of their work, and send a link when a password is forgotten:{" "}
        <Link to="/users">manage users</Link>.
      </p>
    </section>
  );
}
