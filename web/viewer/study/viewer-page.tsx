import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { FailurePanel } from "../../parts/state-panel/failure-panel.tsx";
import { metadataQuery, seriesQuery, studyQuery } from "../dicomweb/queries.ts";
import "./viewer.css";
import "./panes.css";
import "./papers.css";
import "./phone.css";

const route = getRouteApi("/signed-in/viewer/studies/$uid");
const openingDesk = () => import("./desk.tsx");
const OpenDesk = lazy(() => openingDesk().then(({ DeskView }) => ({ default: DeskView })));

/** A study in the viewer. The engine, the list of series and the attributes of the first one are fetched at the same time. */
export function ViewerPage() {
  const { uid } = route.useParams();
  const client = useQueryClient();
  const study = useQuery(studyQuery(uid));
  const series = useQuery(seriesQuery(uid));
  useEffect(() => void openingDesk(), []);
  const first = series.data?.find(({ kind }) => kind === "images");
  useEffect(() => {
    if (first !== undefined) void client.prefetchQuery(metadataQuery(first.studyUid, first.uid));
  }, [client, first]);
  const error = study.error ?? series.error;
  if (error !== null)
    return (
      <Bare>
        <FailurePanel error={error} onRetry={() => void Promise.all([study.refetch(), series.refetch()])} />
      </Bare>
    );
  if (study.data === undefined || series.data === undefined) return <Opening />;
  if (study.data === null || series.data.length === 0)
    return (
      <Bare>
        <EmptyPanel icon="images" title="No such study" action={<Link to="/viewer">To the list of studies</Link>}>
          It is not in the archive, or you may not see it.
        </EmptyPanel>
      </Bare>
    );
  return (
    <Suspense fallback={<Opening />}>
      <OpenDesk key={uid} study={study.data} series={series.data} />
    </Suspense>
  );
}

function Opening() {
  return (
    <Bare>
      <p className="viewer-opening" role="status">
        Opening the study…
      </p>
    </Bare>
  );
}

function Bare({ children }: { readonly children: ReactNode }) {
  return (
    <div className="viewer viewer-bare">
      <h1 className="visually-hidden">Images</h1>
      {children}
    </div>
  );
}
