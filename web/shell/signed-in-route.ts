import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, lazyRouteComponent as lazy, redirect } from "@tanstack/react-router";
import { keepHospitalClock } from "../parts/clock/hospital-clock.ts";
import { isSessionEnded } from "../parts/request/request-failed.ts";
import { NotFoundPage } from "./frame/not-found-page.tsx";
import { Root } from "./frame/root.tsx";
import { afterSignIn } from "./search-values.ts";
import { meQuery } from "./session/session.ts";

export const rootRoute = createRootRouteWithContext<{ readonly client: QueryClient }>()({
  component: Root,
  notFoundComponent: NotFoundPage,
});

interface Entered {
  readonly context: { readonly client: QueryClient };
  readonly location: { readonly pathname: string; readonly href: string };
}

/** Leads to the sign-in page, and back from there, where nobody is signed in. */
export async function openSession({ context, location }: Entered): Promise<void> {
  try {
    const me = await context.client.ensureQueryData(meQuery);
    keepHospitalClock(me.timeZone);
    if (me.mustSetUpSecondFactor && location.pathname !== "/account") throw redirect({ to: "/account" });
  } catch (error) {
    if (!isSessionEnded(error)) throw error;
    throw redirect({ to: "/sign-in", search: afterSignIn({ back: location.href }) });
  }
}

export const signedIn = createRoute({
  getParentRoute: () => rootRoute,
  id: "signed-in",
  beforeLoad: openSession,
  component: lazy(() => import("./frame/frame.tsx"), "Frame"),
});
