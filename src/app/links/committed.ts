import { decidingForLink, linkActor, workerActor } from "#access";
import {
  Backlog,
  type BacklogBounds,
  type LinkMessage,
  type LinkSettings,
  type MappingOne,
  MappingQueue,
  RawIntake,
} from "#departments/clinical";
import { limits, type Result } from "#kernel";
import type { CursorStore, HealthRecord } from "#record";
import type { Deliveries } from "./deliveries.ts";
import { applicationAnswer, type Origin, type ReceiverNeeds } from "./receiver.ts";

export interface CommittedNeeds extends ReceiverNeeds {
  /** The whole record: it is noticed in it that messages wait which other processes have committed. */
  readonly record: Pick<HealthRecord, "position" | "changed" | "count">;
  /** How many messages of a link may wait to be mapped; absent: as many as `limits` says. */
  readonly backlog?: BacklogBounds;
  readonly cursors: Pick<CursorStore, "claim">;
  readonly deliveries: Pick<Deliveries, "passingOnOf" | "passingOnWaiting">;
  /** As they are now; undefined where there is no such link any more. */
  readonly settingsOf: (link: string) => LinkSettings | undefined;
}

/** Messages that are acknowledged when they are committed, and mapped behind that. */
export interface CommittedMessages {
  /**
   * Settles when the message is durable. Problems: `mapping-behind` where too many wait to be mapped; those of the record.
   * Then nothing may be acknowledged.
   */
  keep(frame: Uint8Array, link: string, origin: Origin): Promise<Result<KeptMessage>>;
  /** Maps from now on. The links must be as they are set up: what waits since the last stop is mapped by their settings. */
  start(): void;
  /** What is under way is mapped to its end; the rest after the next start. */
  close(): Promise<void>;
}

export interface KeptMessage {
  /** The application's acknowledgement, when it is mapped; undefined when that takes too long. Never rejects. */
  application(): Promise<Uint8Array | undefined>;
}

export function openCommitted(needs: CommittedNeeds): CommittedMessages {
  const { access, record, cursors, clock, log, deliveries, settingsOf } = needs;
  const queue = new MappingQueue({
    open: () => access.linkContextOf(decidingForLink(workerActor("mapping"))),
    feed: record,
    mappingOf: (message) => mappingOf(message, needs),
    keepsWholeOrder: (link) => deliveries.passingOnOf(link)?.routing.keepsWholeOrder ?? false,
    cursors,
    clock,
    log,
  });
  const intake = new RawIntake({
    contextFor: (link, remoteAddress) => access.contextOf(linkActor(link, remoteAddress)),
    committed: (blobs) => queue.committed(blobs),
  });
  const backlog = new Backlog({ record, clock, bounds: needs.backlog ?? usualBounds });
  return {
    keep: async (frame, link, { id: connection, remoteAddress }) => {
      const admitted = await backlog.admit(link);
      if (!admitted.ok) return admitted;
      const kept = await queue.ahead(() => intake.keep({ frame, link, connection, remoteAddress }));
      if (!kept.ok) return kept;
      const { id, message } = kept.value;
      const { acknowledgement } = message;
      if (acknowledgement === undefined) return { ok: true, value: { application: () => queue.answerTo(id) } };
      const settings = settingsOf(link);
      const waiting = settings && deliveries.passingOnWaiting(settings);
      if (message.destinations !== undefined) waiting?.passingOn.repeated?.(id, message.destinations);
      const answer = Buffer.from(acknowledgement.text);
      return { ok: true, value: { application: () => applicationAnswer(answer, { waiting, frame, needs }) } };
    },
    start: () => queue.start(),
    close: () => {
      backlog.close();
      return queue.close();
    },
  };
}

const usualBounds: BacklogBounds = {
  slowedFrom: limits.backlogSlowedFrom,
  refusedFrom: limits.backlogRefusedFrom,
  slowedMsMax: limits.backlogSlowedMsMax,
};

/** By the settings of its link as they are when it is mapped. */
function mappingOf({ link, connection }: LinkMessage, needs: CommittedNeeds): MappingOne {
  const { access, hospitalTime, log, safeguardsOf, deliveries, settingsOf } = needs;
  const { context, witness } = access.linkContextOf(linkActor(link));
  const settings = settingsOf(link);
  const waiting = settings && deliveries.passingOnWaiting(settings);
  const given = { context, link, connection, safeguards: safeguardsOf(link), log };
  const { offsetMinutesAt } = hospitalTime;
  const passedOn = waiting === undefined ? {} : { passingOn: waiting.passingOn };
  return {
    receiving: { ...given, ...passedOn, offsetMinutesAt },
    witness,
    answer: (acknowledgement, frame) => applicationAnswer(acknowledgement, { waiting, frame, needs }),
  };
}
