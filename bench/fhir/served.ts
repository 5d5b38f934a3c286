import { type BenchCorridor, startBenchCorridor } from "../load/corridor.ts";
import type { HttpTarget } from "../load/http-connection.ts";

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

/** Stops a Corridor, and starts one on its folder. */
export async function restarted(corridor: BenchCorridor): Promise<BenchCorridor> {
  await corridor.halt();
  return startBenchCorridor(corridor.folder);
}
