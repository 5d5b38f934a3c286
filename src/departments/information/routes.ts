import type { Context } from "#access";
import type { Route } from "#kernel";
import { type HomeRoutesNeeds, homeRoutes } from "./home/routes.ts";
import { itemRoutes } from "./items/routes.ts";
import { type PackRoutesNeeds, packRoutes } from "./pack/routes.ts";
import { type RetentionRoutesNeeds, retentionRoutes } from "./retention/routes.ts";

export interface InformationRoutesNeeds extends PackRoutesNeeds, RetentionRoutesNeeds, HomeRoutesNeeds {}

/** Every route under `/api/information`. */
export function informationRoutes(needs: InformationRoutesNeeds): readonly Route<Context>[] {
  return [...itemRoutes(needs.acting), ...packRoutes(needs), ...retentionRoutes(needs), ...homeRoutes(needs)];
}
