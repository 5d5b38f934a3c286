import type { Socket } from "node:net";
import { failed, forbidden, type Log, ok, type Problem, type Result, unavailable } from "#kernel";
import {
  type AssociateAccept,
  type AssociateRequest,
  type Association,
  type AssociationWish,
  agreementOf,
  type IncomingAssociation,
  type ReceivedFragment,
  type Rejection,
  rejectionText,
} from "#standards/dimse";
import { Conversation } from "./conversation.ts";
import type { DimseMeter } from "./dimse-meter.ts";
import { openedAssociation } from "./opened-association.ts";
import { perform } from "./perform.ts";
import type { DimseLimits } from "./settings.ts";
import type { Stage } from "./stage.ts";
import { Wire, type WireListener } from "./wire.ts";

export interface RequestSettings {
  readonly id: string;
  readonly socket: Socket;
  readonly wish: AssociationWish;
  readonly request: AssociateRequest;
  readonly limits: DimseLimits;
  readonly log: Log;
  readonly meter: DimseMeter;
}

/** An association that this side asks for, from its request to its end. */
export class Request implements WireListener {
  readonly #settings: RequestSettings;
  readonly #wire: Wire;
  readonly #settle: (result: Result<Association>) => void;
  readonly #patience: NodeJS.Timeout;
  readonly #over: Promise<void>;
  #tellOver: () => void = () => {};
  #conversation: Conversation | undefined;

  private constructor(settings: RequestSettings, settle: (result: Result<Association>) => void) {
    const { socket, request, limits } = settings;
    this.#settings = settings;
    this.#settle = settle;
    this.#over = new Promise((resolve) => {
      this.#tellOver = resolve;
    });
    this.#wire = new Wire(socket, { isRequester: true, pduBytes: limits.dimsePduBytes, limits }, this);
    this.#patience = setTimeout(() => {
      this.#wire.abort();
      this.#fail(
        unavailable("dimse-no-answer", `${this.#node} did not answer the request for an association in time.`),
      );
    }, limits.dimseAssociateTimeoutMs);
    this.#wire.step("Evt2", { pdu: { is: "associate-rq", ...request } });
  }

  /** Problems: `dimse-rejected`, `dimse-aborted`, `dimse-no-answer`. */
  static send(settings: RequestSettings): Promise<Result<Association>> {
    return new Promise((resolve) => {
      new Request(settings, resolve);
    });
  }

  get #node(): string {
    const { calledAe, host, port } = this.#settings.wish;
    return `The node ${calledAe} at ${host}:${port}`;
  }

  accepted(accept: AssociateAccept): void {
    clearTimeout(this.#patience);
    const { id, wish, request, limits, log, meter, socket } = this.#settings;
    const agreement = agreementOf(request, accept);
    const conversation: Conversation = new Conversation({
      ...{ wire: this.#wire, agreement, limits, isRequester: true },
      answerTimeoutMs: wish.answerTimeoutMs ?? limits.dimseAnswerTimeoutMs,
      perform: (asked) => perform(asked, stage),
    });
    const { callingAe, calledAe, services = [] } = wish;
    const { implementation, contexts, window } = agreement;
    const facts = {
      id,
      callingAe,
      calledAe,
      remoteAddress: socket.remoteAddress ?? "",
      implementation,
      contexts,
      window,
    };
    const opened = openedAssociation({
      facts,
      conversation,
      limits,
      release: () => this.#release(),
      abort: () => this.#wire.abort(),
    });
    const association: IncomingAssociation<undefined> = { ...opened, caller: undefined };
    const stage: Stage<undefined> = { conversation, association, services, log, meter };
    this.#conversation = conversation;
    this.#settle(ok(opened));
  }

  rejected(rejection: Rejection): void {
    const message = `${this.#node} refused the association: ${rejectionText(rejection)}.`;
    const isTransient = rejection.result === 2;
    this.#fail(isTransient ? unavailable("dimse-rejected", message) : forbidden("dimse-rejected", message));
  }

  fragment(fragment: ReceivedFragment): void {
    this.#conversation?.fragment(fragment);
  }

  /** The other side may end it too. */
  async releaseAsked(): Promise<void> {
    await this.#conversation?.settled();
    this.#wire.step("Evt14");
    this.#conversation?.end(undefined);
  }

  ended(problem: Problem | undefined): void {
    this.#fail(
      unavailable("dimse-aborted", `${this.#node} ended the connection. ${problem?.message ?? ""}`.trim(), {
        cause: problem,
      }),
    );
    this.#conversation?.end(problem);
    this.#tellOver();
  }

  quiet(forMs: number): void {
    const conversation = this.#conversation;
    if (conversation === undefined) return;
    const isOwing = conversation.isWithin && !this.#wire.isHeld;
    const isIdle = conversation.underWay === 0 && forMs >= this.#settings.limits.dimseIdleTimeoutMs;
    if (isOwing || isIdle) this.#wire.abort();
  }

  asked(): void {}

  /** Of what was not accepted yet. */
  #fail(problem: Problem): void {
    clearTimeout(this.#patience);
    this.#settle(failed(problem));
  }

  async #release(): Promise<void> {
    if (this.#wire.state !== "Sta6") return;
    this.#wire.step("Evt11");
    const patience = setTimeout(() => this.#wire.abort(), this.#settings.limits.dimseAssociateTimeoutMs);
    await this.#over;
    clearTimeout(patience);
  }
}
