import type { Figure } from "../figure.ts";
import type { BenchCorridor } from "../load/corridor.ts";
import type { HttpTarget } from "../load/http-connection.ts";
import { databaseSeconds, processorSeconds } from "../load/processor-time.ts";

/** A Corridor that is at work, and how to ask it. */
export interface Served {
  readonly corridor: BenchCorridor;
  readonly target: HttpTarget & { readonly token: string };
  /** `path` is below `/fhir/`. Throws when the status is none of those expected. */
  ask(path: string, init?: RequestInit, expected?: readonly number[]): Promise<Response>;
}

export async function served(corridor: BenchCorridor): Promise<Served> {
  const { hostname: host, port } = new URL(corridor.http);
  const token = await corridor.token();
  const headers = { authorization: `Bearer ${token}`, "accept-encoding": "identity" };
  return {
    corridor,
    target: { host, port: Number(port), token },
    async ask(path, init = {}, expected = [200]) {
      const answer = await fetch(`${corridor.http}/fhir/${path}`, {
        ...init,
        headers: { ...headers, ...init.headers },
      });
      if (expected.includes(answer.status)) return answer;
      throw new Error(`${init.method ?? "GET"} ${path} was answered with ${answer.status}: ${await answer.text()}`);
    },
  };
}

/** Tells whoever waits how far the benchmark is. */
export function tell(what: string): void {
  console.error(`[${(performance.now() / 1000).toFixed(0).padStart(3)} s] ${what}`);
}

/** Tells what the processors did for each answer, which on a busy machine says more than the clock. */
export async function withCost<Seen>(
  { corridor }: Pick<Served, "corridor">,
  work: () => Promise<Seen>,
  perSecondOf: (seen: Seen) => number,
): Promise<Seen> {
  const startedMs = performance.now();
  const program = processorSeconds(corridor.pid) ?? Number.NaN;
  const database = databaseSeconds(corridor.folder) ?? Number.NaN;
  const seen = await work();
  const answers = (perSecondOf(seen) * (performance.now() - startedMs)) / 1000;
  const each = (seconds: number | undefined, before: number) =>
    ((((seconds ?? Number.NaN) - before) / answers) * 1000).toFixed(2);
  const ours = each(processorSeconds(corridor.pid), program);
  tell(
    `  ${perSecondOf(seen).toFixed(0)}/s; processor time of each: Corridor ${ours} ms, PostgreSQL ${each(databaseSeconds(corridor.folder), database)} ms`,
  );
  return seen;
}

/** A part of the benchmark that fails is told, and does not take the others with it. */
export async function attempted(
  what: string,
  work: () => Promise<readonly Figure[]> | readonly Figure[],
): Promise<readonly Figure[]> {
  try {
    return await work();
  } catch (error) {
    tell(`FAILED, ${what}: ${(error as Error).stack}`);
    process.exitCode = 1;
    return [];
  }
}
