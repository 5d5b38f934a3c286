import { createRoute, lazyRouteComponent as lazy } from "@tanstack/react-router";
import { signedIn } from "./signed-in-route.ts";

const usersRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/users",
  staticData: { title: "Users" },
  component: lazy(() => import("../access/users/users-page.tsx"), "UsersPage"),
});

const serviceAccountsRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/service-accounts",
  staticData: { title: "Service accounts" },
  component: lazy(() => import("../access/service-accounts/service-accounts-page.tsx"), "ServiceAccountsPage"),
});

/** Accounts of people and of systems. */
export const accountRoutes = [usersRoute, serviceAccountsRoute] as const;
