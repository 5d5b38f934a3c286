import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Outlet } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { PatientBanner as Banner } from "#departments/clinical/api";
import { RequestFailed } from "../../parts/request/request-failed.ts";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { bannerQuery } from "../patients/patient-queries.ts";
import { PatientBanner } from "./banner/patient-banner.tsx";
import "./chart-page.css";
import { ChartTabs } from "./chart-tabs.tsx";
import { FreshProvider } from "./fresh/fresh.tsx";
import { RefusedChart } from "./refused/refused-chart.tsx";

const route = getRouteApi("/signed-in/patients/$id");
const TrendDrawer = lazy(() => import("./trend/trend-drawer.tsx").then((file) => ({ default: file.TrendDrawer })));

/** Banner, tabs, and the tab that is open. Another patient is another page: nothing of the first stays behind. */
export function ChartPage() {
  const { id } = route.useParams();
  return <Chart key={id} id={id} />;
}

function Chart({ id }: { readonly id: string }) {
  const banner = useQuery(bannerQuery(id));
  if (isNotFound(banner.error)) {
    return (
      <div className="page">
        <RefusedChart id={id} error={banner.error} />
      </div>
    );
  }
  if (banner.data === undefined)
    return (
      <div className="page">
        <h1 className="visually-hidden">Chart</h1>
        <Loaded query={banner} label="Loading the chart" rows={8}>
          {() => null}
        </Loaded>
      </div>
    );
  return <OpenChart id={id} banner={banner.data} />;
}

/** There is none, or it is closed to the reader: the chart does not tell which. */
function isNotFound(error: unknown): boolean {
  return error instanceof RequestFailed && error.problem.category === "not-found";
}

function OpenChart({ id, banner }: { readonly id: string; readonly banner: Banner }) {
  const { trend } = route.useSearch();
  const navigate = route.useNavigate();
  const closeTrend = () => void navigate({ to: ".", search: ({ trend: _closed, ...rest }) => rest });
  return (
    <FreshProvider id={id} position={banner.position}>
      <PatientBanner banner={banner} />
      <ChartTabs id={id} encounter={banner.encounter} />
      <div className="page chart-page">
        <Outlet />
      </div>
      {trend === undefined ? null : (
        <Suspense fallback={null}>
          <TrendDrawer id={id} code={trend} patient={banner} onClose={closeTrend} />
        </Suspense>
      )}
    </FreshProvider>
  );
}
