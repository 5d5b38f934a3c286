import { type Access, type Context, decidingForLink, workerActor } from "#access";
import {
  followVisits,
  type NodeDirectory,
  routingRoutes,
  SendLanes,
  type SendRoundNeeds,
  sendRound,
  type VisitTrigger,
} from "#departments/clinical";
import { type Ids, type Log, limits, ok, type Route } from "#kernel";
import { postFile } from "#links/stow";
import type { CursorStore, HealthRecord } from "#record";
import type { PixelEngine } from "#standards/pixels";
import { openRounds } from "../compose/rounds.ts";
import type { ShutdownStack } from "../compose/shutdown-stack.ts";
import { type CallingNeeds, callNode, stowPlace } from "./nodes.ts";

export interface RoutingNeeds {
  readonly access: Access;
  /** The whole record. */
  readonly record: HealthRecord;
  readonly cursors: CursorStore;
  readonly directory: NodeDirectory;
  readonly calling: CallingNeeds;
  readonly engine: PixelEngine;
  readonly ids: Ids;
  readonly log: Log;
  readonly stack: ShutdownStack;
}

/** Sends studies to other nodes, while the stack is open. */
export function openRouting(needs: RoutingNeeds): readonly Route<Context>[] {
  const { access, record: look, directory, calling, engine, ids, log, stack } = needs;
  const actor = decidingForLink(workerActor("image-sending"));
  const stop = new AbortController();
  const lanes = new SendLanes();
  const under = new Set<Promise<unknown>>();
  const round = async () => {
    const sending: SendRoundNeeds = {
      context: access.contextOf(actor),
      engine,
      ids,
      ownAeTitle: calling.ownAeTitle,
      directory,
      look,
      call: (node, contexts) => callNode(calling, node, contexts),
      post: (node, file) => postFile(stowPlace(calling, node), file),
      stop: stop.signal,
    };
    const started = await sendRound(sending, lanes);
    if (!started.ok) return started;
    for (const each of started.value) {
      const watched = each.then((done) => {
        if (!done.ok) log.warn("a study could not be sent", { code: done.problems[0].code });
      });
      under.add(watched);
      void watched.finally(() => under.delete(watched));
    }
    return ok(undefined);
  };
  stack.defer("image sends", async () => {
    stop.abort();
    await Promise.all(under);
  });
  const everyMs = limits.imageSendRoundMs;
  openRounds({ name: "image sends", firstMs: everyMs, everyMs, round }, { log, stack });
  for (const trigger of ["admitted", "booked"] as const) followPatients(needs, trigger);
  return routingRoutes(directory);
}

/** What is there when Corridor first starts was admitted or booked before. */
function followPatients({ access, record, cursors, log, stack }: RoutingNeeds, trigger: VisitTrigger): void {
  const name = `images-${trigger}`;
  const actor = decidingForLink(workerActor("image-sending"));
  const round = async () => {
    const before = await cursors.get(name);
    const after = before === 0 ? await record.position() : before;
    const followed = await followVisits({ look: record, context: access.contextOf(actor) }, trigger, after);
    if (followed.ok && followed.value !== before) await cursors.set(name, followed.value);
    return followed;
  };
  openRounds({ name, firstMs: limits.imageMovesMs, everyMs: limits.imageMovesMs, round }, { log, stack });
}
