import type { Access } from "#access";
import { type Log, limits } from "#kernel";
import type { Config } from "../config.ts";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface AuthorizationPartNeeds {
  readonly config: Pick<Config, "corsOrigins">;
  readonly access: Access;
  readonly log: Log;
  readonly stack: ShutdownStack;
}

export interface AuthorizationPart {
  /** Whether pages of this origin may call: those of the settings, and those of approved applications. */
  isOriginAllowed(origin: string): boolean;
  /** It is told under which address Corridor is reached. */
  start(origin: string): void;
}

const hourMs = 3_600_000;

/** The OpenID Connect provider: whose pages may call, and what is taken away when its time is over. */
export function openAuthorizationPart({ config, access, log, stack }: AuthorizationPartNeeds): AuthorizationPart {
  const { authorization } = access;
  let known: ReadonlySet<string> = new Set();
  const refresh = async () => {
    const origins = await authorization.origins();
    if (origins.ok) known = origins.value;
  };
  const failed = (error: unknown) => log.error("applications not looked after", { error: error as Error });
  const look = setInterval(() => void refresh().catch(failed), limits.applicationOriginsHeldMs);
  const sweep = setInterval(() => void authorization.sweep().catch(failed), hourMs);
  stack.defer("applications", async () => {
    clearInterval(look);
    clearInterval(sweep);
  });
  return {
    isOriginAllowed: (origin) => config.corsOrigins.includes(origin) || known.has(origin),
    start(origin) {
      authorization.start(origin);
      void refresh().catch(failed);
    },
  };
}
