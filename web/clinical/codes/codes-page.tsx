import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import { CodeFilters } from "./code-filters.tsx";
import { type CodeFilter, codesQuery } from "./code-queries.ts";
import { CodeTable } from "./code-table.tsx";
import { CodesHead } from "./codes-head.tsx";

const route = getRouteApi("/signed-in/links/codes");

/** Codes and units that no map knew: what they mean is work for two people. The most frequent first. */
export function CodesPage() {
  const filter = route.useSearch();
  const query = useInfiniteQuery(codesQuery(filter));
  return (
    <div className="page">
      <CodesHead note="Codes and units of laboratories that no map knows, the most frequent first" />
      <CodeFilters filter={filter} />
      <Loaded query={query} label="Loading unknown codes" rows={8}>
        {({ pages }) => {
          const codes = pages.flatMap((page) => page.codes);
          if (codes.length === 0) return <NothingUnknown filter={filter} />;
          return (
            <div className="list" aria-busy={query.isPlaceholderData} data-stale={query.isPlaceholderData}>
              <CodeTable codes={codes} />
              <MoreRows query={query} label="Show less frequent codes" />
            </div>
          );
        }}
      </Loaded>
    </div>
  );
}

function NothingUnknown({ filter }: { readonly filter: CodeFilter }) {
  if (Object.keys(filter).length > 0)
    return (
      <EmptyPanel icon="filter" title="No code is there for this">
        Choose another state, sender or place to see what else there is.
      </EmptyPanel>
    );
  return (
    <EmptyPanel icon="check-round" title="No code needs a meaning">
      A code or unit that no map knows appears here within seconds of the message it came in.
    </EmptyPanel>
  );
}
