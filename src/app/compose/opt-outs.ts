import { type Context, ExcludedPatients, OptOutCheck, optOutRoutes, optOutRule, type VisibilityRule } from "#access";
import type { Route } from "#kernel";
import type { Config } from "../config.ts";
import { optOutFile } from "../opt-out/check-file.ts";
import type { RecordParts } from "./record.ts";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface OptOuts {
  readonly check: OptOutCheck;
  readonly rule: VisibilityRule;
  readonly routes: readonly Route<Context>[];
}

type OptOutParts = Pick<RecordParts, "record" | "clock" | "identity">;

const hourMs = 3_600_000;
/** An answer that no longer counts is removed although nobody asks for it. */
const lookMs = 60_000;

/** National data opt-outs: who may be used for research and planning by the last answer of the service. */
export function openOptOuts({ record, clock, identity }: OptOutParts, config: Config, stack?: ShutdownStack): OptOuts {
  const store = optOutFile(config);
  const check = new OptOutCheck({ store, clock, sealKey: identity.sealKey, keepMs: config.optOutHours * hourMs });
  const looking = stack && setInterval(() => void check.fresh().catch(() => undefined), lookMs).unref();
  stack?.defer("opt-outs", async () => clearInterval(looking));
  const rule = optOutRule(new ExcludedPatients(record, check));
  return { check, rule, routes: optOutRoutes({ record, clock, check }) };
}
