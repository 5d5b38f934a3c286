import type { QueryClient } from "@tanstack/react-query";
import { createRoute, createRouter, lazyRouteComponent as lazy } from "@tanstack/react-router";
import { accountRoutes } from "./account-routes.ts";
import { chartRoutes } from "./chart-routes.ts";
import { PageFailed } from "./frame/page-failed.tsx";
import { PageLoading } from "./frame/page-loading.tsx";
import { governanceRoutes } from "./governance-routes.ts";
import { imagingRoutes } from "./imaging-routes.ts";
import { optionalText, readSearch, writeSearch } from "./search-values.ts";
import { signInRoutes } from "./sign-in-routes.ts";
import { openSession, rootRoute, signedIn } from "./signed-in-route.ts";
import { viewerRoutes } from "./viewer-routes.ts";

const authorizeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/authorize/$request",
  staticData: { title: "An application asks for access" },
  beforeLoad: openSession,
  component: lazy(() => import("../access/authorize/authorize-page.tsx"), "AuthorizePage"),
});

const authorizeFailedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/authorize/failed",
  staticData: { title: "The application cannot sign you in" },
  // Anybody can make such an address: only a word of the protocol is shown, no sentence of theirs under our name.
  validateSearch: ({ error }): { error?: string } =>
    /^[a-z_]{1,40}$/.test(String(error)) ? { error: String(error) } : {},
  component: lazy(() => import("../access/authorize/authorize-failed-page.tsx"), "AuthorizeFailedPage"),
});

const homeRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  staticData: { title: "Home" },
  component: lazy(() => import("../clinical/home/home-page.tsx"), "HomePage"),
});

const patientsRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/patients",
  staticData: { title: "Patients" },
  component: lazy(() => import("../clinical/patients/patients-page.tsx"), "PatientsPage"),
});

const linksRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links",
  staticData: { title: "Links" },
  component: lazy(() => import("../clinical/links/links-page.tsx"), "LinksPage"),
});

const alertsRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/alerts",
  staticData: { title: "Alerts" },
  validateSearch: (search): { state?: string; link?: string; rule?: string } => ({
    ...optionalText("state", search.state),
    ...optionalText("link", search.link),
    ...optionalText("rule", search.rule),
  }),
  component: lazy(() => import("../clinical/alerts/alerts-page.tsx"), "AlertsPage"),
});

const messagesRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/messages",
  staticData: { title: "Messages" },
  validateSearch: (search): { state?: string; link?: string; type?: string; from?: string; to?: string } => ({
    ...optionalText("state", search.state),
    ...optionalText("link", search.link),
    ...optionalText("type", search.type),
    ...optionalText("from", search.from),
    ...optionalText("to", search.to),
  }),
  component: lazy(() => import("../clinical/messages/messages-page.tsx"), "MessagesPage"),
});

const messageRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/messages/$id",
  staticData: { title: "Message" },
  validateSearch: (search): { tab?: string } => optionalText("tab", search.tab),
  component: lazy(() => import("../clinical/messages/message-page.tsx"), "MessagePage"),
});

const holdsRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/holds",
  staticData: { title: "Held messages" },
  validateSearch: (search): { reason?: string; link?: string; proposed?: "true" } => ({
    ...optionalText("reason", search.reason),
    ...optionalText("link", search.link),
    ...(String(search.proposed) === "true" ? { proposed: "true" } : {}),
  }),
  component: lazy(() => import("../clinical/holds/holds-page.tsx"), "HoldsPage"),
});

const holdRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/holds/$id",
  staticData: { title: "Held message" },
  component: lazy(() => import("../clinical/holds/hold-page.tsx"), "HoldPage"),
});

const codesRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/codes",
  staticData: { title: "Unknown codes" },
  validateSearch: (search): { state?: string; sender?: string; field?: string } => ({
    ...optionalText("state", search.state),
    ...optionalText("sender", search.sender),
    ...optionalText("field", search.field),
  }),
  component: lazy(() => import("../clinical/codes/codes-page.tsx"), "CodesPage"),
});

const coverageRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/codes/coverage",
  staticData: { title: "Unknown codes: coverage" },
  validateSearch: (search): { days?: string } => optionalText("days", search.days),
  component: lazy(() => import("../clinical/codes/coverage/coverage-page.tsx"), "CoveragePage"),
});

const codeTablesRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/codes/tables",
  staticData: { title: "Code tables" },
  validateSearch: (search): { q?: string; layer?: string; table?: string; sender?: string } => ({
    ...optionalText("q", search.q),
    ...optionalText("layer", search.layer),
    ...optionalText("table", search.table),
    ...optionalText("sender", search.sender),
  }),
  component: lazy(() => import("../clinical/codes/tables/tables-page.tsx"), "TablesPage"),
});

const codeRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/codes/$id",
  staticData: { title: "Unknown code" },
  component: lazy(() => import("../clinical/codes/code-page.tsx"), "CodePage"),
});

const deliveriesRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/deliveries",
  staticData: { title: "Deliveries" },
  validateSearch: (search): Partial<Record<"destination" | "state" | "link" | "day" | "message", string>> => ({
    ...optionalText("destination", search.destination),
    ...optionalText("state", search.state),
    ...optionalText("link", search.link),
    ...optionalText("day", search.day),
    ...optionalText("message", search.message),
  }),
  component: lazy(() => import("../clinical/deliveries/deliveries-page.tsx"), "DeliveriesPage"),
});

const booksRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/books",
  staticData: { title: "Books" },
  validateSearch: (search): { link?: string; from?: string; to?: string } => ({
    ...optionalText("link", search.link),
    ...optionalText("from", search.from),
    ...optionalText("to", search.to),
  }),
  component: lazy(() => import("../clinical/books/books-page.tsx"), "BooksPage"),
});

const figuresRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/figures",
  staticData: { title: "Figures" },
  validateSearch: (search): { link?: string; days?: string } => ({
    ...optionalText("link", search.link),
    ...optionalText("days", search.days),
  }),
  component: lazy(() => import("../clinical/figures/figures-page.tsx"), "FiguresPage"),
});

const replaysRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/replay",
  staticData: { title: "Replay" },
  component: lazy(() => import("../clinical/replay/replays-page.tsx"), "ReplaysPage"),
});

const replayRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/replay/$id",
  staticData: { title: "One replay" },
  component: lazy(() => import("../clinical/replay/replay-page.tsx"), "ReplayPage"),
});

const shadowRunsRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/replay/shadow",
  staticData: { title: "Replay: shadow runs" },
  component: lazy(() => import("../clinical/replay/shadow-runs-page.tsx"), "ShadowRunsPage"),
});

const shadowRunRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/replay/shadow/$id",
  staticData: { title: "Shadow run" },
  component: lazy(() => import("../clinical/replay/shadow-run-page.tsx"), "ShadowRunPage"),
});

const setUpRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/set-up",
  staticData: { title: "Links set-up" },
  validateSearch: (search): { version?: string } => optionalText("version", search.version),
  component: lazy(() => import("../clinical/set-up/set-up-page.tsx"), "SetUpPage"),
});

const setUpEditRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/set-up/edit",
  staticData: { title: "Links set-up: edit" },
  component: lazy(() => import("../clinical/set-up/edit/edit-page.tsx"), "EditPage"),
});

const setUpHistoryRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/set-up/history",
  staticData: { title: "Links set-up: history" },
  component: lazy(() => import("../clinical/set-up/history-page.tsx"), "HistoryPage"),
});

const simulatorRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/simulator",
  staticData: { title: "Simulator" },
  component: lazy(() => import("../clinical/simulator/simulator-page.tsx"), "SimulatorPage"),
});

const simulatorRunRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/links/simulator/$id",
  staticData: { title: "Simulator run" },
  validateSearch: (search): { with?: string } => optionalText("with", search.with),
  component: lazy(() => import("../clinical/simulator/run-page.tsx"), "RunPage"),
});

const explorerRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/explorer",
  staticData: { title: "Explorer" },
  component: lazy(() => import("../explorer/explorer-page.tsx"), "ExplorerPage"),
});

const validationRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/validation",
  staticData: { title: "Validation" },
  component: lazy(() => import("../explorer/validation/validation-page.tsx"), "ValidationPage"),
});

const searchRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/explorer/$type",
  staticData: { title: "Explorer: search" },
  component: lazy(() => import("../explorer/search/search-page.tsx"), "SearchPage"),
});

const resourceRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/explorer/$type/$id",
  staticData: { title: "Explorer: resource" },
  validateSearch: (search): { tab?: string; version?: string; before?: string; after?: string } => ({
    ...optionalText("tab", search.tab),
    ...optionalText("version", search.version),
    ...optionalText("before", search.before),
    ...optionalText("after", search.after),
  }),
  component: lazy(() => import("../explorer/resource/resource-page.tsx"), "ResourcePage"),
});

const applicationsRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/applications",
  staticData: { title: "Applications" },
  component: lazy(() => import("../access/applications/applications-page.tsx"), "ApplicationsPage"),
});

const reviewsRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/governance/reviews",
  staticData: { title: "Access to review" },
  component: lazy(() => import("../governance/reviews/reviews-page.tsx"), "ReviewsPage"),
});

const accountRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/account",
  staticData: { title: "My account" },
  component: lazy(() => import("../account/account-page.tsx"), "AccountPage"),
});

const aboutRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/about",
  staticData: { title: "About Corridor" },
  component: lazy(() => import("./frame/about-page.tsx"), "AboutPage"),
});

const pages = [
  homeRoute,
  patientsRoute,
  chartRoutes,
  linksRoute,
  alertsRoute,
  messagesRoute,
  messageRoute,
  holdsRoute,
  holdRoute,
  deliveriesRoute,
  booksRoute,
  figuresRoute,
  codesRoute,
  coverageRoute,
  codeTablesRoute,
  codeRoute,
  replaysRoute,
  shadowRunsRoute,
  shadowRunRoute,
  replayRoute,
  setUpRoute,
  setUpHistoryRoute,
  setUpEditRoute,
  simulatorRoute,
  simulatorRunRoute,
  explorerRoute,
  validationRoute,
  searchRoute,
  resourceRoute,
  reviewsRoute,
  ...governanceRoutes,
  ...viewerRoutes,
  ...imagingRoutes,
  ...accountRoutes,
  applicationsRoute,
  accountRoute,
  aboutRoute,
] as const;
const outside = [...signInRoutes, authorizeRoute, authorizeFailedRoute] as const;
const routeTree = rootRoute.addChildren([...outside, signedIn.addChildren(pages)]);

/** Every address of the web app. Patients are named in addresses by their id only, never by name or number. */
export function buildRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    scrollRestoration: true,
    defaultPreload: "intent",
    defaultPendingComponent: PageLoading,
    defaultErrorComponent: PageFailed,
  });
}
