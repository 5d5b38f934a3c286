import type { Socket } from "node:net";
import type { Log, Problem } from "#kernel";
import {
  type Admission,
  type Asking,
  type AssociateRequest,
  type DimseService,
  type IncomingAssociation,
  identityOf,
  negotiate,
  type PeerCertificate,
  type ReceivedFragment,
  type RejectReason,
  refusalOf,
  rejections,
} from "#standards/dimse";
import { Conversation } from "./conversation.ts";
import type { DimseMeter } from "./dimse-meter.ts";
import { invoking } from "./invoke.ts";
import { perform } from "./perform.ts";
import { offerOf } from "./services.ts";
import type { DimseLimits, OpenAssociation } from "./settings.ts";
import type { Stage } from "./stage.ts";
import { Wire, type WireListener } from "./wire.ts";

/** What every association of one door shares. */
export interface DoorSettings<Caller> {
  readonly name: string;
  readonly services: readonly DimseService<Caller>[];
  readonly pduBytes: number;
  readonly limits: DimseLimits;
  readonly log: Log;
  readonly meter: DimseMeter;
  admit(asking: Asking): Promise<Admission<Caller>>;
  /** Whether there is room for one more from this address. */
  hasRoom(remoteAddress: string): boolean;
  changed(): void;
}

interface Arrival {
  readonly id: string;
  readonly certificate: PeerCertificate | undefined;
}

/** A connection that another node opened, from its request to its end. */
export class Acceptance<Caller> implements WireListener {
  readonly remoteAddress: string;
  readonly #door: DoorSettings<Caller>;
  readonly #arrival: Arrival;
  readonly #wire: Wire;
  readonly #openedAtMs = Date.now();
  /** From its acceptance to its end. */
  #open: { readonly association: IncomingAssociation<Caller>; readonly conversation: Conversation } | undefined;
  #isStopping = false;

  constructor(socket: Socket, arrival: Arrival, door: DoorSettings<Caller>) {
    this.remoteAddress = socket.remoteAddress ?? "";
    this.#door = door;
    this.#arrival = arrival;
    this.#wire = new Wire(socket, { isRequester: false, pduBytes: door.pduBytes, limits: door.limits }, this);
  }

  /** The connection, as it is used from now on. */
  get socket(): Socket {
    return this.#wire.socket;
  }

  /** Undefined before it is accepted. */
  facts(): OpenAssociation | undefined {
    if (this.#open === undefined) return undefined;
    const { association, conversation } = this.#open;
    const { id, callingAe, calledAe, remoteAddress, certificate, implementation, contexts, window } = association;
    return {
      ...{ id, callingAe, calledAe, remoteAddress, implementation, contexts, window },
      ...(certificate && { certificate }),
      openedAtMs: this.#openedAtMs,
      instancesReceived: conversation.instancesReceived,
      instancesSent: conversation.instancesSent,
      bytesReceived: this.#wire.bytesReceived,
      operationsUnderWay: conversation.underWay,
      senderStalls: this.#wire.stalls,
    };
  }

  /** Answers what is under way, then ends. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#wire.hold();
    await this.#open?.conversation.settled();
    this.#wire.abort();
    this.#wire.cut();
  }

  asked(request: AssociateRequest): void {
    void this.#decide(request);
  }

  async #decide(request: AssociateRequest): Promise<void> {
    const { admit, log, name, hasRoom } = this.#door;
    const refusal = refusalOf(request);
    if (refusal !== undefined) return this.#reject({ result: 1, ...refusal }, "not DICOM");
    if (this.#isStopping || !hasRoom(this.remoteAddress)) return this.#refuse("busy");
    const { callingAe, calledAe } = request;
    const { remoteAddress } = this;
    const { certificate } = this.#arrival;
    const userIdentity = identityOf(request.userItems);
    const asking = {
      ...{ callingAe, calledAe, remoteAddress },
      ...(certificate && { certificate }),
      ...(userIdentity && { userIdentity }),
    };
    try {
      const admission = await admit(asking);
      if (admission.is === "rejected") this.#refuse(admission.reason);
      else this.#accept(request, admission.caller);
    } catch (error) {
      log.error("dimse admission failed", { door: name, error: error instanceof Error ? error : undefined });
      this.#refuse("busy");
    }
  }

  #refuse(reason: RejectReason): void {
    this.#reject(rejections[reason], reason);
  }

  #reject(rejection: { result: number; source: number; reason: number }, why: string): void {
    const { meter, log, name } = this.#door;
    meter.association("rejected");
    log.warn("dimse association rejected", { door: name, remoteAddress: this.remoteAddress, why });
    this.#wire.step("Evt8", { pdu: { is: "associate-rj", ...rejection } });
  }

  #accept(request: AssociateRequest, caller: Caller): void {
    if (this.#wire.state !== "Sta3") return;
    const { services, pduBytes, limits, log, meter, name, changed } = this.#door;
    const offer = offerOf({ services, pduBytes, operationsMax: limits.dimseOperationsMax });
    const { accept, agreement } = negotiate(request, offer);
    const { id, certificate } = this.#arrival;
    const conversation: Conversation = new Conversation({
      ...{ wire: this.#wire, agreement, limits, isRequester: false, answerTimeoutMs: limits.dimseAnswerTimeoutMs },
      perform: (asked) => perform(asked, stage),
    });
    const association: IncomingAssociation<Caller> = {
      ...{ id, callingAe: request.callingAe, calledAe: request.calledAe, remoteAddress: this.remoteAddress, caller },
      ...(certificate && { certificate }),
      ...{ implementation: agreement.implementation, contexts: agreement.contexts, window: agreement.window },
      ...invoking(conversation),
      isOpen: () => conversation.isOpen,
    };
    const stage: Stage<Caller> = { conversation, association, services, log, meter };
    this.#open = { association, conversation };
    this.#wire.step("Evt7", { pdu: { is: "associate-ac", ...accept } });
    meter.association("opened");
    log.info("dimse association opened", { door: name, association: id, remoteAddress: this.remoteAddress });
    changed();
  }

  fragment(fragment: ReceivedFragment): void {
    this.#open?.conversation.fragment(fragment);
  }

  /** What is under way is answered before the release is agreed to (Sta8). */
  async releaseAsked(): Promise<void> {
    await this.#open?.conversation.settled();
    this.#wire.step("Evt14");
    this.#end("released", undefined);
  }

  ended(problem: Problem | undefined): void {
    this.#end("ended", problem);
  }

  #end(how: "released" | "ended", problem: Problem | undefined): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    open.conversation.end(problem);
    const { meter, log, name, changed } = this.#door;
    meter.association(how);
    const stalls = this.#wire.stalls;
    log.info("dimse association over", { door: name, association: this.#arrival.id, how, why: problem?.code, stalls });
    changed();
  }

  accepted(): void {}

  rejected(): void {}

  quiet(forMs: number): void {
    const open = this.#open;
    if (open === undefined) return;
    const { isWithin, underWay } = open.conversation;
    const isOwing = isWithin && !this.#wire.isHeld;
    const isIdle = underWay === 0 && forMs >= this.#door.limits.dimseIdleTimeoutMs;
    if (isOwing || isIdle) this.#wire.abort();
  }
}
