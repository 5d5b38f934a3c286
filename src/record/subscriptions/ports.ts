import type { Instant, Problem, Result } from "#kernel";
import type { Clause } from "../documents/clause.ts";
import type { Action, Key, Kind, Position, Version } from "../documents/document.ts";
import type { HealthRecord } from "../health-record.ts";

/** What a subscription is as far as the feed was followed: as its clients want it, or as delivery has made it. */
export type SubscriptionState = "requested" | "active" | "error" | "off";

/** What is kept of one subscription besides its resource. */
export interface StoredSubscription {
  readonly id: string;
  /** The version of its resource that was last seen. */
  readonly version: number;
  /** Who last wrote it, apart from Corridor itself: `User/…`, `ApiToken/…`. What it is sent is narrowed to them. */
  readonly owner: string;
  readonly state: SubscriptionState;
  /** The number of its newest event; 0 before the first. */
  readonly events: number;
  /** The number of the newest event that arrived. */
  readonly delivered: number;
}

/** One thing that a subscription is to be told of. The numbers of a subscription's events have no gaps. */
export interface SubscriptionEvent {
  readonly subscription: string;
  /** 1, 2, 3 … */
  readonly number: number;
  readonly position: Position;
  readonly kind: Kind;
  readonly id: string;
  readonly version: number;
  readonly action: Action;
  readonly at: Instant;
}

/** What following the feed from one position to another has brought: kept together or not at all. */
export interface FeedStep {
  readonly from: Position;
  readonly to: Position;
  readonly subscriptions: readonly Omit<StoredSubscription, "delivered">[];
  /** Ids of those that were deleted; their events go with them. */
  readonly gone: readonly string[];
  readonly events: readonly SubscriptionEvent[];
}

/** What must survive this process. Implemented by `storage/postgres`. */
export interface SubscriptionStore {
  /** True for the one process that now follows and delivers, until it ends. */
  claim(): Promise<boolean>;
  load(): Promise<{ readonly position: Position; readonly subscriptions: readonly StoredSubscription[] }>;
  /** One commit. False, with nothing kept, when somebody else has moved on from `from`. */
  advance(step: FeedStep): Promise<boolean>;
  read(id: string): Promise<StoredSubscription | undefined>;
  /** Events by their numbers, both ends included, oldest first, at most `limit`. */
  events(id: string, span: EventSpan): Promise<readonly SubscriptionEvent[]>;
  /** Notes what arrived, and forgets events that arrived longer ago than the newest `kept`. */
  delivered(id: string, number: number, kept: number): Promise<void>;
}

export interface EventSpan {
  readonly from: number;
  readonly to: number;
  readonly limit: number;
}

/** Somebody on whose behalf things leave the record while they are not there. Implemented by `#access`. */
export interface Subscriber {
  /** Whether their roles, as they are now, show documents of the kind to them. */
  maySee(kind: Kind): boolean;
  /** Whether this version may be shown to them. Problems: of looking it up. */
  sees(version: Version): Promise<Result<boolean>>;
  /** Whether a document of the kind may be compared with the criteria by itself; else `record` is asked, which withholds. */
  isOpenly(kind: Kind, all: readonly Clause[]): boolean;
  /** The record as they may see it. */
  readonly record: HealthRecord;
  /**
   * The versions as they may be sent to an address, once the audit log durably says that they are. Those they may not see
   * are not among them.
   */
  hand(keys: readonly VersionKey[], address: string): Promise<Result<readonly Version[]>>;
}

export interface VersionKey extends Key {
  readonly version: number;
}

export interface Subscribers {
  /** Undefined for an account or token that is not valid any more. */
  find(owner: string): Promise<Result<Subscriber | undefined>>;
  /** Who wrote a version of a Subscription, by the audit log; undefined where it does not say. */
  writerOf(id: string, version: Version): Promise<Result<string | undefined>>;
}

/** What is sent to a rest-hook. */
export interface HookMessage {
  readonly method: "POST" | "PUT";
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly timeoutMs: number;
}

/** Sends to addresses outside. Implemented by `links/outgoing-http`. */
export interface HookSender {
  /** Why nothing may be sent to this address; undefined where it may. */
  refusal(url: string): Problem | undefined;
  /** Ok when the receiver answered with 2xx. Problems: unavailable; forbidden, as `refusal` says. */
  send(message: HookMessage, stop: AbortSignal): Promise<Result<void>>;
}
