/** What Corridor does on request of other DICOM nodes, as a table of services; `links/dimse` calls them. */
import type { Problem } from "#kernel";
import type { DataSet, Tag } from "#standards/dicom";
import type { Status } from "./status.ts";

/** A row of what is offered. An operation that it has no function for is refused with 0211. */
export interface DimseService<Caller = unknown> {
  /**
   * SOP classes that may be negotiated for it. `storage` means every storage class, those among them that nobody knows: a SOP class
   * is one of storage unless the standard says it is another.
   */
  readonly sopClasses: readonly string[] | "storage";
  /** What queries may be extended by; absent: nothing. */
  readonly extensions?: QueryExtensions;
  /** Absent: C-ECHO is answered with success. */
  readonly echo?: (request: DimseRequest<Caller>) => Promise<Status>;
  /** Settles when the instance is durable, or will not be. What it did not read of the data set is read for it. */
  readonly store?: (request: StoreRequest<Caller>) => Promise<Status>;
  /**
   * Yields matches, several at once where they come so, and returns how it ended. When the requester cancels or is gone, `signal`
   * aborts, nothing further is asked of it and its `finally` runs; the cancellation is answered for it.
   */
  readonly find?: (request: QueryRequest<Caller>) => AsyncGenerator<Matches, Status, void>;
  /** Yields how far it is, whenever that is worth a message; the rest as with `find`, but it says itself how a cancelled one ended. */
  readonly move?: (request: MoveRequest<Caller>) => AsyncGenerator<SubOperations, RetrieveEnd, void>;
  readonly get?: (request: GetRequest<Caller>) => AsyncGenerator<SubOperations, RetrieveEnd, void>;
  /** All N-services. */
  readonly normalized?: (request: DimseRequest<Caller> & NormalizedOperation) => Promise<NormalizedReply>;
}

/** An association as both sides of it see it. */
export interface AssociationFacts {
  /** Unlike any other of this process since it started: `dimse-17`. */
  readonly id: string;
  readonly callingAe: string;
  readonly calledAe: string;
  readonly remoteAddress: string;
  /** With TLS: whose certificate it is, and its SHA-256 fingerprint. */
  readonly certificate?: PeerCertificate;
  /** Of the other side. */
  readonly implementation: Implementation;
  /** Those that were accepted. */
  readonly contexts: readonly AcceptedContext[];
  /** Operations that may be outstanding at once, by negotiation: those that the requester invokes, and those that it performs. */
  readonly window: OperationsWindow;
}

export interface PeerCertificate {
  readonly subject: string;
  readonly fingerprint: string;
}

export interface Implementation {
  readonly classUid: string;
  readonly versionName?: string;
}

export interface OperationsWindow {
  readonly invoked: number;
  readonly performed: number;
}

/** Source: PS3.8 §9.3.2.2, PS3.7 §D.3.3.4. */
export interface AcceptedContext {
  /** Odd, 1 to 255. */
  readonly id: number;
  readonly sopClass: string;
  readonly transferSyntax: string;
  /** Whether this side may ask for operations in it, and whether it may be asked. */
  readonly maySend: boolean;
  readonly mayReceive: boolean;
}

/** An association that another node opened. */
export interface IncomingAssociation<Caller = unknown> extends AssociationFacts, Invoking {
  /** What `admit` made of the requester. */
  readonly caller: Caller;
  /** False when it is released, aborted or broken. */
  isOpen(): boolean;
}

export interface DimseRequest<Caller = unknown> {
  readonly association: IncomingAssociation<Caller>;
  readonly context: AcceptedContext;
  readonly messageId: number;
  /** Aborts when the requester cancels, and when the association ends. */
  readonly signal: AbortSignal;
}

export interface StoreRequest<Caller = unknown> extends DimseRequest<Caller> {
  /** As the command set names them; the data set may say otherwise. */
  readonly sopClass: string;
  readonly sopInstance: string;
  readonly transferSyntax: string;
  /** Whose C-MOVE it is a sub-operation of. */
  readonly moveOriginator?: MoveOriginator;
  readonly dataSet: IncomingBytes;
}

export interface MoveOriginator {
  readonly aeTitle: string;
  readonly messageId: number;
}

/** Bytes as they come from the other side, which is kept waiting while nobody asks for more. */
export interface IncomingBytes {
  /**
   * What has come since the last call, at least a byte. Pieces are views of what was received, and valid until the next call. One
   * call at a time. After `end` and `broken` it says the same again.
   */
  next(): Promise<IncomingPart>;
}

export type IncomingPart =
  | { readonly is: "bytes"; readonly pieces: readonly Uint8Array[] }
  | { readonly is: "end" }
  /** The association ended before the data set did, or its bytes were too many. */
  | { readonly is: "broken"; readonly problem: Problem };

/** C-FIND, and what C-MOVE and C-GET share with it. */
export interface QueryRequest<Caller = unknown> extends DimseRequest<Caller> {
  readonly sopClass: string;
  readonly identifier: DataSet;
  /** Negotiated for this SOP class. Source: PS3.4 §C.5.1.1. */
  readonly extended: QueryExtensions;
}

/** Source: PS3.4 Table C.5.1-1. */
export interface QueryExtensions {
  readonly isRelational: boolean;
  /** Whether date and time are matched as one. */
  readonly hasCombinedDateTime: boolean;
  readonly hasFuzzyNames: boolean;
  readonly hasTimezoneAdjustment: boolean;
}

export interface Matches {
  /** Written in the transfer syntax of the context by the link. */
  readonly identifiers: readonly DataSet[];
  /** FF01 in place of FF00: an optional key was not matched by. */
  readonly hasUnsupportedKeys?: boolean;
}

export interface MoveRequest<Caller = unknown> extends QueryRequest<Caller> {
  /** An AE title. */
  readonly destination: string;
}

export interface GetRequest<Caller = unknown> extends QueryRequest<Caller> {
  /** Sends an instance on this association, in a context that was accepted for its SOP class and transfer syntax. */
  store(instance: OutgoingInstance): Promise<StoreOutcome>;
}

export interface SubOperations {
  readonly remaining: number;
  readonly completed: number;
  readonly failed: number;
  readonly warning: number;
}

export interface RetrieveEnd {
  readonly status: Status;
  readonly subOperations: SubOperations;
  /** (0008,0058): the instances that could not be sent. */
  readonly failedInstances?: readonly string[];
}

/** A data set on its way out, without preamble and meta information. */
export interface OutgoingInstance {
  readonly sopClass: string;
  readonly sopInstance: string;
  readonly transferSyntax: string;
  /** The bytes in order, in pieces of any size. They are sent as they are, and must not change after they were given. */
  readonly dataSet: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  readonly moveOriginator?: MoveOriginator;
}

/**
 * `answered`: the other side's status. `unsent`: nothing was sent, as no context was accepted for it. `broken`: the association
 * ended, or no answer came in time; it is not known whether the instance is there.
 */
export type StoreOutcome =
  | { readonly is: "answered"; readonly status: Status }
  | { readonly is: "unsent"; readonly problem: Problem }
  | { readonly is: "broken"; readonly problem: Problem };

/** N-services. Source: PS3.7 §10. */
export type NormalizedOperation = { readonly sopClass: string } & (
  | {
      readonly operation: "N-EVENT-REPORT";
      readonly sopInstance: string;
      readonly eventType: number;
      readonly dataSet?: DataSet;
    }
  | { readonly operation: "N-GET"; readonly sopInstance: string; readonly attributes: readonly Tag[] }
  | { readonly operation: "N-SET"; readonly sopInstance: string; readonly dataSet: DataSet }
  | {
      readonly operation: "N-ACTION";
      readonly sopInstance: string;
      readonly actionType: number;
      readonly dataSet?: DataSet;
    }
  /** Without an instance UID the performer gives one. */
  | { readonly operation: "N-CREATE"; readonly sopInstance?: string; readonly dataSet?: DataSet }
  | { readonly operation: "N-DELETE"; readonly sopInstance: string }
);

export interface NormalizedReply {
  readonly status: Status;
  /** N-CREATE: the UID that was given. */
  readonly sopInstance?: string;
  readonly dataSet?: DataSet;
}

/** What may be asked of the other side on an open association. Calls may overlap; beyond the window they wait for their turn. */
export interface Invoking {
  /** Problems: `dimse-no-context`, `dimse-association-ended`, `dimse-no-answer`. */
  normalized(operation: NormalizedOperation): Promise<NormalizedOutcome>;
  store(instance: OutgoingInstance): Promise<StoreOutcome>;
}

export type NormalizedOutcome =
  | { readonly is: "answered"; readonly reply: NormalizedReply }
  | { readonly is: "failed"; readonly problem: Problem };
