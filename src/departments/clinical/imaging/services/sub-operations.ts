import type { StoredInstance } from "#imaging";
import type { Clock } from "#kernel";
import {
  type RetrieveEnd,
  type Status,
  type StoreOutcome,
  type SubOperations,
  statuses,
  statusKind,
  success,
} from "#standards/dimse";
import { outgoingInstance, type Sending } from "./outgoing-instance.ts";

export interface SubOperationsNeeds {
  readonly objects: readonly StoredInstance[];
  readonly sending: Sending;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  store(instance: Parameters<Invoke>[0]): Promise<StoreOutcome>;
}

type Invoke = (instance: import("#standards/dimse").OutgoingInstance) => Promise<StoreOutcome>;

/** How often it is told how far it is. */
const tellEveryMs = 500;

/** Sends objects one behind the other, telling how far it is. Source: PS3.4 §C.4.2.3.1, §C.4.3.3.1. */
export async function* subOperations(needs: SubOperationsNeeds): AsyncGenerator<SubOperations, RetrieveEnd, void> {
  const { objects, signal, clock } = needs;
  let [completed, warning] = [0, 0];
  const failedInstances: string[] = [];
  let toldAtMs = clock.now();
  const counts = () => {
    const failed = failedInstances.length;
    return { remaining: objects.length - completed - warning - failed, completed, failed, warning };
  };
  for (const object of objects) {
    if (signal.aborted) break;
    const kind = await sent(object, needs);
    if (kind === "success") completed += 1;
    else if (kind === "warning") warning += 1;
    else failedInstances.push(object.instance);
    if (clock.now() - toldAtMs < tellEveryMs || counts().remaining === 0) continue;
    toldAtMs = clock.now();
    yield counts();
  }
  return { status: statusOfAll(counts()), subOperations: counts(), failedInstances };
}

async function sent(object: StoredInstance, { sending, store }: SubOperationsNeeds): Promise<string> {
  const outgoing = await outgoingInstance(object, sending);
  if (!outgoing.ok) return "failure";
  try {
    const outcome = await store(outgoing.value.instance);
    return outcome.is === "answered" ? statusKind(outcome.status.code) : "failure";
  } finally {
    await outgoing.value.close();
  }
}

/** Source: PS3.4 Tables C.4-2 and C.4-3. */
function statusOfAll({ remaining, completed, warning, failed }: SubOperations): Status {
  if (remaining > 0) return { code: statuses.cancelled };
  if (failed === 0 && warning === 0) return success;
  return { code: completed + warning === 0 ? statuses.outOfResourcesSubOperations : statuses.subOperationsFailed };
}

/** Nothing was done, for this reason. */
export function nothingSent(status: Status): RetrieveEnd {
  return { status, subOperations: { remaining: 0, completed: 0, failed: 0, warning: 0 } };
}
