import { type Access, type Context, disposingActor, governingActor, workerActor } from "#access";
import {
  type AccountFigures,
  DisposalWorker,
  type Erasing,
  informationRoutes,
  PackBuilder,
} from "#departments/information";
import { failed, forbidden, type Log, ok, type Result, type Route } from "#kernel";
import type { CursorStore, HealthRecord } from "#record";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface InformationNeeds {
  readonly access: Access;
  /** The whole record: looking whether there is something to do shows nothing to anybody. */
  readonly record: Pick<HealthRecord, "search" | "count">;
  readonly cursors: Pick<CursorStore, "claim">;
  readonly erasing: Erasing;
  readonly log: Log;
  /** What is under way ends with this. */
  readonly stack: ShutdownStack;
}

export interface Information {
  readonly routes: readonly Route<Context>[];
}

/** The department of information management. */
export function openInformation({ access, record, cursors, erasing, log, stack }: InformationNeeds): Information {
  const acting = ({ actor }: Context) => access.contextOf(governingActor(actor));
  const worker = governingActor(workerActor("disclosure"));
  const packs = new PackBuilder({
    look: record,
    contextFor: ({ by, display }) => access.contextOf({ ...worker, reference: by, display }),
    claim: () => cursors.claim("disclosure"),
    log,
  });
  stack.defer("packs", () => packs.close());
  const disposer = disposingActor(workerActor("disposal"));
  const disposals = new DisposalWorker({
    look: record,
    contextFor: ({ by, display }) => access.contextOf({ ...disposer, reference: by, display }),
    erasing: ({ actor }) => (actor.permissions.has("governance.dispose") ? ok(erasing) : failed(mayNotErase)),
    claim: () => cursors.claim("disposal"),
    log,
  });
  stack.defer("disposals", () => disposals.close());
  const evidence = { accounts: () => accountsOf(record) };
  const reviews = () => openReviews(record);
  return { routes: informationRoutes({ acting, erasing, disposals, packs, evidence, reviews }) };
}

const mayNotErase = forbidden(
  "permission-missing",
  "This needs the permission governance.dispose, which none of your roles gives.",
);

/** Only how many there are. */
async function accountsOf(record: Pick<HealthRecord, "count">): Promise<Result<AccountFigures>> {
  const all = { all: [], sort: { by: "updated", descending: true }, limit: 1 } as const;
  const users = await record.count({ kind: "User", ...all });
  if (!users.ok) return users;
  const factors = await record.count({ kind: "SecondFactors", ...all });
  return factors.ok ? ok({ users: users.value, withSecondFactor: Math.min(factors.value, users.value) }) : factors;
}

/** Only how many wait. */
function openReviews(record: Pick<HealthRecord, "count">): Promise<Result<number>> {
  const sort = { by: "updated", descending: true } as const;
  return record.count({ kind: "Relationship", all: [{ is: "key", any: ["review=open"] }], sort, limit: 1 });
}
