import { failed, jsonReply, ok, type Route, unavailable } from "#kernel";
import type { Database } from "#storage/postgres";
import type { Metrics } from "../meter.ts";

interface HealthNeeds {
  readonly database: Database;
  readonly metrics: Metrics;
  readonly version: string;
}

/** For monitors: whether the process lives, whether it can do its work, and what it has counted. */
export function healthRoutes({ database, metrics, version }: HealthNeeds): readonly Route<unknown>[] {
  return [
    {
      method: "GET",
      path: "/healthz",
      policy: "public",
      summary: "Whether this process is alive",
      handle: async () => ok(jsonReply({ status: "alive", version })),
    },
    {
      method: "GET",
      path: "/readyz",
      policy: "public",
      summary: "Whether Corridor can do its work: the database answers",
      handle: async () => {
        const answers = await database`select 1`.then(() => true).catch(() => false);
        return answers ? ok(jsonReply({ status: "ready" })) : failed(noDatabase);
      },
    },
    {
      method: "GET",
      path: "/metrics",
      policy: "public",
      summary: "Counters and timings in the format of Prometheus; they hold no personal data",
      handle: async () =>
        ok({ status: 200, headers: { "content-type": metrics.contentType }, body: await metrics.text() }),
    },
  ];
}

const noDatabase = unavailable("database-silent", "The database does not answer.");
