import type { Context } from "#access";
import { dicomwebRoutes } from "#departments/clinical";
import type { Route } from "#kernel";

/** The door for images over the web. */
export function openDicomweb(): readonly Route<Context>[] {
  return dicomwebRoutes({ isTranscodable: () => false });
}
