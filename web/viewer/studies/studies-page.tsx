import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, useLocation } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import { StudyFilters } from "./study-filters.tsx";
import { type Sorting, type StudyPage, type StudySearch, sorted, studiesQuery } from "./study-search.ts";
import { StudyTable } from "./study-table.tsx";
import "./studies.css";

const route = getRouteApi("/signed-in/viewer");
const nothing: StudySearch = {};

/** Every study of the archive that the reader may see. What is looked for stays out of the address. */
export function StudiesPage() {
  const search = useLocation({ select: ({ state }) => state.studySearch }) ?? nothing;
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(studiesQuery(search));
  const [sorting, setSorting] = useState<Sorting | undefined>(undefined);
  useEffect(readyViewer, []);
  return (
    <div className="page">
      <div className="page-head">
        <h1>Images</h1>
        <p>Studies of the archive, newest first</p>
      </div>
      <StudyFilters
        search={search}
        onSearch={(next) => void navigate({ to: "/viewer", state: { studySearch: next } })}
      />
      <Loaded query={query} label="Loading studies" rows={12}>
        {({ pages }) => {
          const studies = pages.flatMap((page) => page.studies);
          if (studies.length === 0) return <NothingFound isFiltered={Object.keys(search).length > 0} />;
          return (
            <div className="list" aria-busy={query.isPlaceholderData} data-stale={query.isPlaceholderData}>
              <p className="studies-count" role="status">
                {countText(pages, sorting)}
              </p>
              <StudyTable studies={sorted(studies, sorting)} sorting={sorting} onSort={setSorting} />
              <MoreRows query={query} label="Show more studies" />
            </div>
          );
        }}
      </Loaded>
    </div>
  );
}

/** Fetches the viewer while the reader still looks for a study. */
function readyViewer(): () => void {
  const timer = window.setTimeout(() => void import("../study/desk.tsx").then(({ readyDesk }) => readyDesk()), 400);
  return () => window.clearTimeout(timer);
}

function countText(pages: readonly StudyPage[], sorting: Sorting | undefined): string {
  const shown = pages.reduce((sum, { studies }) => sum + studies.length, 0);
  const total = pages[0]?.total;
  const hasMore = pages.at(-1)?.next !== undefined;
  const among = hasMore && sorting !== undefined ? ", sorted among those that are shown" : "";
  if (!hasMore) return shown === 1 ? "1 study" : `${shown} studies`;
  return total === undefined ? `The first ${shown} studies${among}` : `${shown} of ${total} studies${among}`;
}

function NothingFound({ isFiltered }: { readonly isFiltered: boolean }) {
  if (isFiltered)
    return (
      <EmptyPanel icon="filter" title="No study matches">
        Names are found by how they begin, and numbers as a whole. Clear a filter to see more. A study that you may not
        see is not listed.
      </EmptyPanel>
    );
  return (
    <EmptyPanel icon="images" title="No studies yet">
      Studies appear here as modalities send them, or as they are stored by DICOMweb.
    </EmptyPanel>
  );
}
