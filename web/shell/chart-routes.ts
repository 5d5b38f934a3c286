import { createRoute, lazyRouteComponent as lazy } from "@tanstack/react-router";
import { optionalText } from "./search-values.ts";
import { signedIn } from "./signed-in-route.ts";

const chartRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/patients/$id",
  validateSearch: (search): { trend?: string; report?: string } => ({
    ...optionalText("trend", search.trend),
    ...optionalText("report", search.report),
  }),
  component: lazy(() => import("../clinical/chart/chart-page.tsx"), "ChartPage"),
});

const summaryRoute = createRoute({
  getParentRoute: () => chartRoute,
  path: "/",
  staticData: { title: "Chart: summary" },
  component: lazy(() => import("../clinical/chart/summary/summary-tab.tsx"), "SummaryTab"),
});

const resultsRoute = createRoute({
  getParentRoute: () => chartRoute,
  path: "results",
  staticData: { title: "Chart: results" },
  component: lazy(() => import("../clinical/chart/results/results-tab.tsx"), "ResultsTab"),
});

const cumulativeRoute = createRoute({
  getParentRoute: () => chartRoute,
  path: "cumulative",
  staticData: { title: "Chart: cumulative results" },
  validateSearch: (search): { panel?: string } => optionalText("panel", search.panel),
  component: lazy(() => import("../clinical/chart/cumulative/cumulative-tab.tsx"), "CumulativeTab"),
});

const ordersRoute = createRoute({
  getParentRoute: () => chartRoute,
  path: "orders",
  staticData: { title: "Chart: orders" },
  component: lazy(() => import("../clinical/chart/orders/orders-tab.tsx"), "OrdersTab"),
});

const documentsRoute = createRoute({
  getParentRoute: () => chartRoute,
  path: "documents",
  staticData: { title: "Chart: documents" },
  component: lazy(() => import("../clinical/chart/documents/documents-tab.tsx"), "DocumentsTab"),
});

const imagesRoute = createRoute({
  getParentRoute: () => chartRoute,
  path: "images",
  staticData: { title: "Chart: images" },
  component: lazy(() => import("../clinical/chart/images/images-tab.tsx"), "ImagesTab"),
});

const consentRoute = createRoute({
  getParentRoute: () => chartRoute,
  path: "consent",
  staticData: { title: "Chart: consent" },
  component: lazy(() => import("../clinical/chart/consent/consent-tab.tsx"), "ConsentTab"),
});

const chartTabs = [
  summaryRoute,
  resultsRoute,
  cumulativeRoute,
  ordersRoute,
  imagesRoute,
  documentsRoute,
  consentRoute,
] as const;

/** A patient's chart, with its pages. */
export const chartRoutes = chartRoute.addChildren(chartTabs);
