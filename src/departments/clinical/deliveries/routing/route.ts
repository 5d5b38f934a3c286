import type { RouteSettings } from "../../configuration/link-settings.ts";
import type { SentMessage } from "../../messages/sent-message.ts";
import { compileCondition } from "./condition.ts";

/** Where a message goes: to destinations, each once, or nowhere. */
export interface Routed {
  /** In the order of the routes. */
  readonly to: readonly RoutedTo[];
  /** The rule without destinations that ended the asking. */
  readonly filteredBy?: string;
}

export interface RoutedTo {
  readonly destination: string;
  /** The route that named it first. */
  readonly route: string;
}

export type Route = (sent: SentMessage) => Routed;

/**
 * The routes of a link, compiled once. All that fit send; one without destinations that fits ends the asking, and what
 * routes before it named stays.
 */
export function compileRoutes(routes: readonly RouteSettings[]): Route {
  const compiled = routes.map(({ name, when, to }) => ({ name, to, fits: compileCondition(when) }));
  return (sent) => {
    const to = new Map<string, RoutedTo>();
    for (const route of compiled) {
      if (!route.fits(sent)) continue;
      if (route.to.length === 0) return { to: [...to.values()], filteredBy: route.name };
      for (const destination of route.to) {
        if (!to.has(destination)) to.set(destination, { destination, route: route.name });
      }
    }
    return { to: [...to.values()] };
  };
}
