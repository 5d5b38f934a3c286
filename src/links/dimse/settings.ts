import type { Log, limits, Meter, Result } from "#kernel";
import type { ServerTlsFiles } from "#links/tls";
import type { Admission, Asking, AssociationFacts, DimseService } from "#standards/dimse";

export type DimseLimits = { readonly [Name in keyof typeof limits]: number };

export interface DimseServerOptions<Caller> {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Names the door in logs and metrics: `dimse`. */
  readonly name: string;
  /** Absent: connections are not encrypted. */
  readonly tls?: ServerTlsFiles;
  /** Addresses and networks that may connect. Empty or absent: all. */
  readonly allow?: readonly string[];
  /** Decides by AE titles, address, certificate and user identity. A rejection of the promise refuses as `busy`. */
  readonly admit: (asking: Asking) => Promise<Admission<Caller>>;
  readonly services: readonly DimseService<Caller>[];
  /** Bytes of one PDU that the other side may send. Default `dimsePduBytes`. */
  readonly pduBytes?: number;
  readonly log: Log;
  readonly meter: Meter;
  /** Called when an association has opened or ended: `associations()` says which are open now. */
  readonly associationsChanged?: () => void;
  /** Other bounds than the usual ones, for tests. */
  readonly limits?: Partial<DimseLimits>;
}

export interface DimseServer {
  readonly port: number;
  /** Those that are open now. */
  associations(): readonly OpenAssociation[];
  /** Reads the files of certificates again, for connections from now on. Problems: `tls-file-unreadable`, `tls-file-invalid`. */
  reloadCertificates(): Promise<Result<void>>;
  /** Takes no further requests, answers what is under way, then aborts; after `drainTimeoutMs` it cuts the rest. */
  stop(): Promise<void>;
}

/** An association with what went over it so far. */
export interface OpenAssociation extends AssociationFacts {
  readonly openedAtMs: number;
  readonly instancesReceived: number;
  readonly instancesSent: number;
  readonly bytesReceived: number;
  readonly operationsUnderWay: number;
  /**
   * Times that the other side seems to have waited 40 ms for an acknowledgement of TCP in the middle of a data set: its Nagle
   * algorithm is on, and costs it this time for each instance.
   */
  readonly senderStalls: number;
}
