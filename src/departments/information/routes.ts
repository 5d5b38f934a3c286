import type { Context } from "#access";
import type { Route } from "#kernel";
import { itemRoutes } from "./items/routes.ts";
import { type PackRoutesNeeds, packRoutes } from "./pack/routes.ts";

export interface InformationRoutesNeeds extends PackRoutesNeeds {}

/** Every route under `/api/information`. */
export function informationRoutes(needs: InformationRoutesNeeds): readonly Route<Context>[] {
  return [...itemRoutes(needs.acting), ...packRoutes(needs)];
}
