import { join } from "node:path";
import { type Access, type Actor, type Context, isSecondaryPurpose } from "#access";
import { type Clock, type Ids, type Log, ok, type Route } from "#kernel";
import { BulkJobs, bulkRoutes, type HealthRecord, type JobActor } from "#record";
import type { PostgresStore } from "#storage/postgres";
import type { Config } from "../config.ts";
import { exportDeidentifiers } from "../deidentify/export-deidentifiers.ts";
import { openJobFolder } from "../load/job-folder.ts";
import type { OptOuts } from "./opt-outs.ts";

export interface BulkNeeds {
  readonly config: Config;
  readonly record: HealthRecord;
  readonly access: Access;
  readonly store: PostgresStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly optOuts: OptOuts;
}

export interface Bulk {
  readonly routes: readonly Route<Context>[];
  /** Leaves what is under way to the next start. */
  close(): Promise<void>;
}

const hourMs = 3_600_000;

/** Exports and imports over HTTP; those that were under way are gone on with. */
export async function openBulk({ config, access, store, optOuts, ...given }: BulkNeeds): Promise<Bulk> {
  const { dataFolder, bulkHours } = config;
  const files = await openJobFolder({ jobs: join(dataFolder, "bulk"), imports: join(dataFolder, "imports") });
  const jobs = new BulkJobs({
    ...given,
    files,
    recordFor: (actor) => access.contextOf(actorOf(actor)).record,
    claim: (name) => store.cursors.claim(name),
    keepMs: bulkHours * hourMs,
    deidentifiers: exportDeidentifiers(dataFolder, given.clock),
  });
  jobs.start();
  const routes = bulkRoutes({
    jobs,
    actorOf: (context) => keptActor((context as Context).actor),
    mayExport: async (context) => {
      if (!isSecondaryPurpose((context as Context).actor.purpose)) return ok(undefined);
      const fresh = await optOuts.check.fresh();
      return fresh.ok ? ok(undefined) : fresh;
    },
  });
  return { routes: [...(routes as readonly Route<Context>[]), ...optOuts.routes], close: () => jobs.close() };
}

/** An actor as it is kept with a job: permissions by kind are gathered, as there are many of them. */
export function keptActor({ permissions, constraints, ...actor }: Actor): JobActor {
  const byActions = new Map<string, string[]>();
  const actionsByKind = new Map<string, string[]>();
  for (const permission of permissions) {
    const [kind = "", action = ""] = permission.split(".");
    actionsByKind.set(kind, [...(actionsByKind.get(kind) ?? []), action]);
  }
  for (const [kind, actions] of actionsByKind) {
    const key = actions.sort().join(" ");
    byActions.set(key, [...(byActions.get(key) ?? []), kind]);
  }
  const grants = Object.fromEntries([...byActions].map(([actions, kinds]) => [actions, kinds.join(" ")]));
  const limits = constraints === undefined ? {} : { limits: JSON.stringify([...constraints], withBigints) };
  return { ...actor, roles: [...actor.roles], grants, ...limits } as unknown as JobActor;
}

/** The same actor again, with what they were allowed to do when they asked. */
export function actorOf({ grants, limits, ...kept }: JobActor): Actor {
  const permissions = Object.entries(grants as Record<string, string>).flatMap(([actions, kinds]) =>
    kinds.split(" ").flatMap((kind) => actions.split(" ").map((action) => `${kind}.${action}`)),
  );
  const constraints = limits === undefined ? {} : { constraints: new Map(JSON.parse(String(limits), asBigints)) };
  return { ...(kept as unknown as Actor), permissions: new Set(permissions), ...constraints } as Actor;
}

/** Clauses hold bits, for which JSON has no number. */
function withBigints(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? { bits: value.toString(16) } : value;
}

function asBigints(name: string, value: unknown): unknown {
  const isBits = name === "bits" && typeof value === "object" && value !== null && "bits" in value;
  return isBits ? BigInt(`0x${String(value.bits)}`) : value;
}
