import { createRoute, lazyRouteComponent as lazy } from "@tanstack/react-router";
import { afterSignIn, optionalText } from "./search-values.ts";
import { rootRoute } from "./signed-in-route.ts";

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  staticData: { title: "Sign in" },
  validateSearch: (search): { back?: string; ended?: string } => ({
    ...afterSignIn(search),
    ...optionalText("ended", search.ended),
  }),
  component: lazy(() => import("../access/sign-in-page.tsx"), "SignInPage"),
});

const outsideReturnRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in/outside",
  staticData: { title: "Signing in" },
  component: lazy(() => import("../access/outside-return-page.tsx"), "OutsideReturnPage"),
});

const setPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/set-password",
  staticData: { title: "Set a password" },
  component: lazy(() => import("../access/set-password-page.tsx"), "SetPasswordPage"),
});

export const signInRoutes = [signInRoute, outsideReturnRoute, setPasswordRoute] as const;
