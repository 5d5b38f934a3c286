/** Corridor as the one who asks: the port by which images, worklists and commitments go to other DICOM nodes. */
import type { Problem, Result } from "#kernel";
import type { DataSet } from "#standards/dicom";
import type { AssociationFacts, DimseService, Invoking, RetrieveEnd, SubOperations } from "./service.ts";
import type { Status } from "./status.ts";

/** `links/dimse` implements it. */
export interface DimseClient {
  /**
   * Problems: `not-connected`, `dimse-rejected`, `dimse-aborted`, `dimse-no-answer`, `tls-file-unreadable`, `tls-file-invalid`;
   * each says which node and why.
   */
  open(wish: AssociationWish): Promise<Result<Association>>;
}

export interface AssociationWish {
  readonly host: string;
  readonly port: number;
  readonly tls?: NodeTls;
  readonly callingAe: string;
  readonly calledAe: string;
  /** At most 128 presentation contexts, a row for each transfer syntax of those marked `isEachAlone`. */
  readonly contexts: readonly ProposedService[];
  /** Operations outstanding at once that are asked for; 1 when absent. */
  readonly windowWanted?: number;
  readonly userIdentity?: UserIdentity;
  /** What is done when the other side asks: C-STORE of a C-GET, N-EVENT-REPORT of a commitment. */
  readonly services?: readonly DimseService<undefined>[];
  /** How long an answer may take. Default `dimseAnswerTimeoutMs`. */
  readonly answerTimeoutMs?: number;
}

/** Paths of PEM files, read anew for each connection. */
export interface NodeTls {
  readonly authority?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly serverName?: string;
}

export interface ProposedService {
  readonly sopClass: string;
  /** The preferred one first. Absent: explicit and implicit little endian. */
  readonly transferSyntaxes?: readonly string[];
  /** A context for each transfer syntax, so that each is accepted by itself: for storage. */
  readonly isEachAlone?: boolean;
  /** This side performs the service: a C-GET's storage classes (`scp`), or both. Absent: it asks (`scu`). */
  readonly role?: "scu" | "scp" | "both";
  /** Service-class application information. Source: PS3.7 §D.3.3.5. */
  readonly extended?: Uint8Array;
}

/** Source: PS3.7 §D.3.3.7. */
export type UserIdentity =
  | { readonly is: "username"; readonly username: string }
  | { readonly is: "username-and-passcode"; readonly username: string; readonly passcode: string }
  | { readonly is: "kerberos"; readonly ticket: Uint8Array }
  | { readonly is: "saml"; readonly assertion: Uint8Array }
  | { readonly is: "jwt"; readonly token: string };

/** An association that Corridor opened. */
export interface Association extends AssociationFacts, Invoking {
  isOpen(): boolean;
  /** Problems: those of `normalized`. */
  echo(): Promise<Result<Status>>;
  /** Leaving the loop before its end cancels the query. */
  find(query: Query): AsyncIterable<FindAnswer>;
  /** `status` may be a failure. Problems: those of `normalized`. */
  move(query: MoveQuery): Promise<Result<RetrieveEnd>>;
  /** Instances come to the `store` of `services`. */
  get(query: RetrieveQuery): Promise<Result<RetrieveEnd>>;
  /** Ends in good order, or cuts the connection when the other side does not agree in time. */
  release(): Promise<void>;
  abort(): void;
}

export interface Query {
  readonly sopClass: string;
  readonly identifier: DataSet;
  readonly priority?: "low" | "medium" | "high";
  /** Aborting it cancels: C-CANCEL is sent and the end waited for. */
  readonly signal?: AbortSignal;
}

export interface RetrieveQuery extends Query {
  readonly progress?: (subOperations: SubOperations) => void;
}

export interface MoveQuery extends RetrieveQuery {
  /** The AE title that the instances are sent to. */
  readonly destination: string;
}

export type FindAnswer =
  | { readonly is: "match"; readonly identifier: DataSet }
  /** The last. `status` may be a failure. */
  | { readonly is: "end"; readonly status: Status }
  /** The last: the association ended, or no answer came in time. */
  | { readonly is: "broken"; readonly problem: Problem };
