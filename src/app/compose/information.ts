import { type Access, type Context, governingActor } from "#access";
import { informationRoutes } from "#departments/information";
import type { Route } from "#kernel";

export interface InformationNeeds {
  readonly access: Access;
}

export interface Information {
  readonly routes: readonly Route<Context>[];
}

/** The department of information management. */
export function openInformation({ access }: InformationNeeds): Information {
  const acting = ({ actor }: Context) => access.contextOf(governingActor(actor));
  return { routes: informationRoutes({ acting }) };
}
