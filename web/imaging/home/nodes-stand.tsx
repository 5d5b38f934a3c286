import { useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { formatCount } from "../../parts/format/numbers.ts";
import { Tag } from "../../parts/tag/tag.tsx";
import { echoQuery, nodesQuery } from "../imaging-queries.ts";

/** So many are asked when the page opens; the others on the page of nodes. */
const askedMax = 12;

/** Which of the nodes that are called do not answer. */
export function NodesStand() {
  const nodes = useQuery(nodesQuery);
  const called = (nodes.data?.nodes ?? []).filter(
    ({ host, web, isPaused }) => (host ?? web) !== undefined && !isPaused,
  );
  const echoes = useQueries({ queries: called.slice(0, askedMax).map(({ id }) => echoQuery(id)) });
  const isAsking = nodes.data === undefined || echoes.some(({ isPending }) => isPending);
  const silent = echoes.filter(({ data, isError }) => isError || data?.answered === false).length;
  return (
    <Link to="/images/nodes" className="imaging-stand">
      <span>Nodes that do not answer</span>
      <strong className="tabular">{isAsking ? "…" : formatCount(silent)}</strong>
      {silent > 0 ? (
        <span>
          <Tag tone="bad" icon="offline">
            of {formatCount(echoes.length)} asked
          </Tag>
        </span>
      ) : (
        <span className="quiet">{isAsking ? "being asked" : `of ${formatCount(echoes.length)} asked just now`}</span>
      )}
    </Link>
  );
}
