import { createRoute, lazyRouteComponent as lazy } from "@tanstack/react-router";
import { optionalText } from "./search-values.ts";
import { signedIn } from "./signed-in-route.ts";

type Search = Readonly<Record<string, unknown>>;
const state = (search: Search): { readonly state?: string } => optionalText("state", search.state);

const homeRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/images",
  staticData: { title: "Imaging" },
  component: lazy(() => import("../imaging/home/imaging-home-page.tsx"), "ImagingHomePage"),
});

const waitingRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/images/waiting",
  staticData: { title: "Waiting studies" },
  validateSearch: state,
  component: lazy(() => import("../imaging/waiting/waiting-page.tsx"), "WaitingPage"),
});

const asideRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/images/aside",
  staticData: { title: "Kept aside" },
  component: lazy(() => import("../imaging/aside/aside-page.tsx"), "AsidePage"),
});

const hiddenRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/images/hidden",
  staticData: { title: "Hidden images" },
  component: lazy(() => import("../imaging/hidden/hidden-page.tsx"), "HiddenPage"),
});

const studyRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/images/studies/$uid",
  staticData: { title: "Study" },
  component: lazy(() => import("../imaging/study/study-page.tsx"), "StudyPage"),
});

const exportsRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/images/exports",
  staticData: { title: "Exports" },
  component: lazy(() => import("../imaging/exports/exports-page.tsx"), "ExportsPage"),
});

const sendingRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/images/sending",
  staticData: { title: "Sending" },
  validateSearch: state,
  component: lazy(() => import("../imaging/sending/sending-page.tsx"), "SendingPage"),
});

const rulesRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/images/rules",
  staticData: { title: "Sending rules" },
  component: lazy(() => import("../imaging/rules/rules-page.tsx"), "RulesPage"),
});

const worklistRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/images/worklist",
  staticData: { title: "Modality worklist" },
  validateSearch: state,
  component: lazy(() => import("../imaging/worklist/worklist-page.tsx"), "WorklistPage"),
});

const nodesRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/images/nodes",
  staticData: { title: "Nodes" },
  component: lazy(() => import("../imaging/nodes/nodes-page.tsx"), "NodesPage"),
});

const storageRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/images/storage",
  staticData: { title: "Image storage" },
  component: lazy(() => import("../imaging/storage/storage-page.tsx"), "StoragePage"),
});

const retentionRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/images/retention",
  staticData: { title: "Deletion by rule" },
  component: lazy(() => import("../imaging/retention/retention-page.tsx"), "ImageRetentionPage"),
});

export const imagingRoutes = [
  homeRoute,
  waitingRoute,
  asideRoute,
  hiddenRoute,
  studyRoute,
  exportsRoute,
  sendingRoute,
  rulesRoute,
  worklistRoute,
  nodesRoute,
  storageRoute,
  retentionRoute,
] as const;
