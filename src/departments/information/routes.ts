import type { Context } from "#access";
import type { Route } from "#kernel";
import type { Acting } from "./items/mark-patient.ts";
import { itemRoutes } from "./items/routes.ts";

export interface InformationRoutesNeeds {
  /** What a person does for information governance with more than their own rights, under their own name. */
  readonly acting: Acting;
}

/** Every route under `/api/information`. */
export function informationRoutes({ acting }: InformationRoutesNeeds): readonly Route<Context>[] {
  return [...itemRoutes(acting)];
}
