import { forbidden, type Problem, type Result } from "#kernel";
import {
  type Association,
  type GetRequest,
  type MoveRequest,
  type ProposedService,
  type RetrieveEnd,
  type Status,
  type SubOperations,
  statuses,
  statusOf,
  success,
} from "#standards/dimse";
import type { PixelEngine } from "#standards/pixels";
import type { NamedNode, NodeDirectory } from "../nodes/index.ts";
import type { NodeCaller } from "./node-caller.ts";
import { storageContexts } from "./outgoing-instance.ts";
import { retrievedObjects } from "./retrieved-objects.ts";
import { nothingSent, subOperations } from "./sub-operations.ts";

export interface RetrievalNeeds {
  readonly engine: PixelEngine;
  readonly directory: Pick<NodeDirectory, "named">;
  /** Opens an association with a node. */
  call(node: NamedNode, contexts: readonly ProposedService[]): Promise<Result<Association>>;
}

type Retrieval = AsyncGenerator<SubOperations, RetrieveEnd, void>;

/** C-GET: objects come back on the association that they were asked for on. Source: PS3.4 §C.4.3. */
export async function* getImages(request: GetRequest<NodeCaller>, { engine }: RetrievalNeeds): Retrieval {
  const { context, node } = request.association.caller;
  if (!node.mayRetrieve) return nothingSent(statusOf(mayNotRetrieve, "C-GET"));
  const objects = await retrievedObjects(context, request.identifier);
  if (!objects.ok) return nothingSent(statusOf(objects.problems[0], "C-GET"));
  const { contexts } = request.association;
  const { signal, store } = request;
  const sending = { context, engine, contexts };
  return yield* subOperations({ objects: objects.value, sending, signal, store, clock: context.clock });
}

/** C-MOVE: objects are sent to another node, which is known by its AE title. Source: PS3.4 §C.4.2. */
export async function* moveImages(request: MoveRequest<NodeCaller>, needs: RetrievalNeeds): Retrieval {
  const { context, node } = request.association.caller;
  if (!node.mayRetrieve) return nothingSent(statusOf(mayNotRetrieve, "C-MOVE"));
  const destination = await needs.directory.named(request.destination);
  if (!destination.ok) return nothingSent(destinationStatus(destination.problems[0]));
  if (destination.value.isPaused)
    return nothingSent({ code: statuses.moveDestinationUnknown, comment: "It is paused" });
  const objects = await retrievedObjects(context, request.identifier);
  if (!objects.ok) return nothingSent(statusOf(objects.problems[0], "C-MOVE"));
  if (objects.value.length === 0) return nothingSent(success);
  if (destination.value.isPaused)
    return nothingSent({ code: statuses.moveDestinationUnknown, comment: "It is paused" });
  const opened = await needs.call(destination.value, storageContexts(objects.value));
  if (!opened.ok) return nothingSent(statusOf(opened.problems[0], "C-MOVE"));
  const association = opened.value;
  const originator = { aeTitle: request.association.callingAe, messageId: request.messageId };
  const sending = { context, engine: needs.engine, contexts: association.contexts, originator };
  const { signal } = request;
  try {
    const store = association.store;
    return yield* subOperations({ objects: objects.value, sending, signal, store, clock: context.clock });
  } finally {
    await association.release();
  }
}

function destinationStatus(problem: Problem): Status {
  const isUnknown = problem.category === "not-found";
  return isUnknown ? { code: statuses.moveDestinationUnknown } : statusOf(problem, "C-MOVE");
}

const mayNotRetrieve = forbidden("node-may-not-retrieve", "The node may not retrieve here.");
