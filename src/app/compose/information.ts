import { type Access, type Context, governingActor, workerActor } from "#access";
import { informationRoutes, PackBuilder } from "#departments/information";
import type { Log, Route } from "#kernel";
import type { CursorStore, HealthRecord } from "#record";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface InformationNeeds {
  readonly access: Access;
  /** The whole record: looking whether there is something to do shows nothing to anybody. */
  readonly record: Pick<HealthRecord, "search">;
  readonly cursors: Pick<CursorStore, "claim">;
  readonly log: Log;
  /** What is under way ends with this. */
  readonly stack: ShutdownStack;
}

export interface Information {
  readonly routes: readonly Route<Context>[];
}

/** The department of information management. */
export function openInformation({ access, record, cursors, log, stack }: InformationNeeds): Information {
  const acting = ({ actor }: Context) => access.contextOf(governingActor(actor));
  const worker = governingActor(workerActor("disclosure"));
  const packs = new PackBuilder({
    look: record,
    contextFor: ({ by, display }) => access.contextOf({ ...worker, reference: by, display }),
    claim: () => cursors.claim("disclosure"),
    log,
  });
  stack.defer("packs", () => packs.close());
  return { routes: informationRoutes({ acting, packs }) };
}
