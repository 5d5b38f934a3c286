import { type Access, linkActor } from "#access";
import { type LinkStatus, receive, type Safeguards } from "#departments/clinical";
import {
  type Clock,
  type Failed,
  type HospitalTime,
  type Ids,
  type Log,
  limits,
  type Meter,
  ok,
  type Result,
} from "#kernel";
import { type MllpListener, type RefusedFrame, startMllpListener } from "#links/mllp";
import { ackCode, buildAck, peekHeader } from "#standards/hl7v2";
import type { Config } from "../config.ts";

export interface LaboratoryLinkNeeds {
  readonly config: Config;
  readonly access: Access;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly ids: Ids;
  readonly log: Log;
  readonly meter: Meter;
  readonly safeguardsOf: (link: string) => Safeguards;
  /** Called when `status` says something else than before. */
  statusChanged(): void;
}

export interface LaboratoryLink {
  /** Problems: those of `startMllpListener`. */
  open(): Promise<Result<MllpListener>>;
  status(): LinkStatus;
}

const name = "lab";
const title = "Pathology laboratory";

/** The MLLP door: the laboratory's messages come in here, and are acknowledged when they are in the record. */
export function laboratoryLink(needs: LaboratoryLinkNeeds): LaboratoryLink {
  const { config, log, meter, statusChanged } = needs;
  let listener: MllpListener | undefined;
  return {
    async open() {
      const opened = await startMllpListener({
        host: config.host,
        port: config.mllpPort,
        name,
        receive: receiver(needs),
        refuse: async (refused) => refusal(refused, needs),
        log,
        meter,
        connectionsChanged: statusChanged,
      });
      if (!opened.ok) return opened;
      listener = opened.value;
      statusChanged();
      return ok(opened.value);
    },
    status: () => ({
      name,
      title,
      state: listener === undefined ? "stopped" : "listening",
      stateText: listener === undefined ? "not open" : `listening on ${config.host}:${listener.port}`,
      connections: listener?.connections().length ?? 0,
      connectionsMax: limits.mllpConnectionsMax,
    }),
  };
}

/** Each message has a context of its own: what was shown for one is not seen by another. */
function receiver({ access, hospitalTime: { offsetMinutesAt }, log, safeguardsOf }: LaboratoryLinkNeeds) {
  return async (message: Uint8Array, connection: { readonly id: string; readonly remoteAddress: string }) => {
    const { context, witness } = access.linkContextOf(linkActor(name, connection.remoteAddress));
    const given = { context, link: name, connection: connection.id, offsetMinutesAt, log };
    const answer = await receive(message, { ...given, safeguards: safeguardsOf(name) });
    const witnessed = await witness();
    if (answer.ok && witnessed.ok) return answer.value;
    const { code, cause } = (answer.ok ? (witnessed as Failed) : answer).problems[0];
    // The listener logs it and closes the connection without an answer: the sender must send again.
    throw new Error(`the message could not be recorded: ${code}`, { cause });
  };
}

/** AR to a frame that is too large to take, as far as its header could be read. */
function refusal({ problem, head }: RefusedFrame, { clock, ids }: LaboratoryLinkNeeds): Uint8Array {
  const { header } = peekHeader(head);
  const code = ackCode([problem], "application");
  const text = buildAck(header, { code, controlId: ids.next(), at: clock.now(), problems: [problem] });
  return Buffer.from(text, "utf8");
}
