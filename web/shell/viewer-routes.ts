import { createRoute, lazyRouteComponent as lazy } from "@tanstack/react-router";
import { signedIn } from "./signed-in-route.ts";

const studiesRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/viewer",
  staticData: { title: "Images" },
  component: lazy(() => import("../viewer/studies/studies-page.tsx"), "StudiesPage"),
});

const studyRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/viewer/studies/$uid",
  staticData: { title: "Viewer" },
  component: lazy(() => import("../viewer/study/viewer-page.tsx"), "ViewerPage"),
});

export const viewerRoutes = [studiesRoute, studyRoute] as const;
