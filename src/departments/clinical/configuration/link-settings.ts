import type { GateSettings } from "../gates/gate-table.ts";
import type { MessageFormat } from "../messages/formats/foreign-message.ts";

/**
 * The files of the folder of links, as data. A link is where messages come in; a destination is where they go out.
 * `links/lab.json` is a `LinkSettings`, `destinations/gp.json` a `DestinationSettings`; names are those of the files.
 */
export interface LinkSettings {
  /** Unlike any other link: `lab`. */
  readonly name: string;
  readonly title: string;
  readonly intake: IntakeSettings;
  /** What its messages are written in; absent: HL7 v2. Another one comes by folder, SFTP or HTTP. */
  readonly format?: MessageFormat;
  readonly acknowledge: AcknowledgeSettings;
  /** What this sender has agreed to send; a message outside it is held with the reason. Absent: no agreement. */
  readonly contract?: SenderContract;
  /** What gates do otherwise than usual: `{ "time-in-future": "hold" }`. See docs/operate/gates.md. */
  readonly gates?: GateSettings;
  /** `true`: a result with a code or unit that no map knows is held until one does. Default false: it is recorded. */
  readonly holdUnknownCodes?: boolean;
  /** `false`: messages are routed and not mapped into the record. Default true. */
  readonly record?: boolean;
  /** In their order; a message goes to the destinations of every route that fits. None fits and `record` is false: filtered. */
  readonly routes: readonly RouteSettings[];
  /** Layers of mapping rows above the base, in their order: `["uk", "trust", "lab"]`. */
  readonly mappingLayers: readonly string[];
  /** How long messages of this link are kept. */
  readonly retentionDays: number;
  /** What is missed when it does not come. Left out of the file: silence alone; `false`: nothing. */
  readonly watch: WatchSettings | false;
}

export type IntakeSettings =
  | {
      readonly by: "mllp";
      readonly host?: string;
      readonly port: number;
      readonly tls?: ServerTlsSettings;
      /** Addresses and networks that may connect: `10.1.0.0/16`. Empty: all. */
      readonly allow: readonly string[];
      readonly connectionsMax?: number;
    }
  /** `POST /api/clinical/links/<name>/messages`, with a token whose scope is `link/<name>`. */
  | { readonly by: "http" }
  | { readonly by: "folder"; readonly path: string; readonly pattern: string; readonly everySeconds: number }
  | ({ readonly by: "sftp"; readonly pattern: string; readonly everySeconds: number } & SftpSettings)
  /**
   * The record itself: each version of an order, or of a report, that a person or an application has written is a message, made
   * of it. What links have written is not sent on. It needs `"record": false`, as what it tells of is in the record.
   */
  | ({ readonly by: "record" } & WrittenMessageSettings)
  /** Only made by Corridor itself: the simulator. */
  | { readonly by: "simulator" };

export interface WrittenMessageSettings {
  /** Orders as ORM^O01 or OML^O21, reports as ORU^R01. */
  readonly writes: "orm-o01" | "oml-o21" | "oru-r01";
  /** MSH-12 */
  readonly version: "2.4" | "2.5.1";
  /** MSH-11 */
  readonly processing: "P" | "T" | "D";
  /** MSH-3 */
  readonly sendingApplication: string;
  /** MSH-4 */
  readonly sendingFacility?: string;
  /** MSH-5 */
  readonly receivingApplication?: string;
  /** MSH-6 */
  readonly receivingFacility?: string;
  /** What those who are told are called in patients' Consents, besides the link itself: `Organization/lab`, `Endpoint/lims`. */
  readonly recipients: readonly string[];
}

/** Paths of PEM files. With `clientAuthority`, a client without a certificate of it is turned away. */
export interface ServerTlsSettings {
  readonly certificate: string;
  readonly key: string;
  readonly clientAuthority?: string;
}

export interface AcknowledgeSettings {
  /** `by-message`: enhanced where MSH-15 or MSH-16 says so, original otherwise. HL7 v2.5.1 section 2.9. */
  readonly mode: "original" | "enhanced" | "by-message";
  /** When the application acknowledgement is sent: when the message is in the record, or when these destinations have it. */
  readonly after: "recorded" | { readonly delivered: readonly string[]; readonly waitSeconds: number };
  /** The sequence number protocol of MSH-13. */
  readonly sequence: boolean;
}

/** Each list: what is allowed; empty: everything. */
export interface SenderContract {
  readonly applications: readonly string[];
  readonly facilities: readonly string[];
  /** `ORU^R01`. */
  readonly types: readonly string[];
  /** `2.4`. */
  readonly versions: readonly string[];
  /** MSH-11: `P`. */
  readonly processing: readonly string[];
  /** Hold a message whose patient has no NHS number. */
  readonly nhsNumberRequired: boolean;
}

export interface RouteSettings {
  /** Names the rule where a message was filtered or sent: `microbiology-to-hpa`. */
  readonly name: string;
  readonly when: RouteCondition;
  /** Names of destinations. Empty: what fits is filtered by this rule, and no later route is asked. */
  readonly to: readonly string[];
}

/** All that are given must hold; a list holds when one of it does. Texts compare as they are. */
export interface RouteCondition {
  /** `ORU^R01`, or `ORU` for all its events. */
  readonly types?: readonly string[];
  readonly senders?: readonly string[];
  /** MSH-6. */
  readonly receivers?: readonly string[];
  /** A value anywhere in these fields: `{ "OBR-24": ["MB"], "PV1-3.1": ["W7"] }`. */
  readonly fields?: Readonly<Record<string, readonly string[]>>;
  readonly not?: RouteCondition;
}

export interface DestinationSettings {
  /** Unlike any other destination: `gp`. */
  readonly name: string;
  readonly title: string;
  readonly outlet: OutletSettings;
  /** `as-received` sends the bytes as they came; another names an output mapping: `oru-2.4`, `uk-pathology-document`. */
  readonly content: "as-received" | string;
  /** What is kept in order: one under way for each patient, order, specimen, or for the whole destination. */
  readonly lane: "patient" | "order" | "specimen" | "destination";
  readonly lanesMax: number;
  /** HL7 v2 messages go out together, as files with a batch (FHS, BHS), by http, folder or sftp. Absent: each by itself. */
  readonly batch?: {
    /** So many make a batch at once; not more than `lanesMax`, for one of a lane is under way at a time. */
    readonly messagesMax: number;
    /** Fewer go after so long. */
    readonly waitSeconds: number;
  };
  readonly retry: RetrySettings;
}

export type OutletSettings =
  | {
      readonly by: "mllp";
      readonly host: string;
      readonly port: number;
      readonly tls?: ClientTlsSettings;
      readonly connections: number;
      readonly answerWithinSeconds: number;
      readonly mode: "original" | "enhanced";
    }
  | {
      readonly by: "http";
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      /** Header to the path of a file whose only line is its value. */
      readonly secretHeaders?: Readonly<Record<string, string>>;
      readonly tls?: ClientTlsSettings;
      readonly answerWithinSeconds: number;
    }
  | { readonly by: "folder"; readonly path: string; readonly extension: string }
  | ({ readonly by: "sftp"; readonly extension: string } & SftpSettings)
  | {
      readonly by: "fhir";
      readonly url: string;
      readonly as: "transaction" | "message";
      readonly headers: Readonly<Record<string, string>>;
      /** Header to the path of a file whose only line is its value. */
      readonly secretHeaders?: Readonly<Record<string, string>>;
      readonly tls?: ClientTlsSettings;
      readonly answerWithinSeconds: number;
    };

export interface ClientTlsSettings {
  /** PEM file of the authorities to trust; absent: those of the system. */
  readonly authority?: string;
  readonly certificate?: string;
  readonly key?: string;
  /** Checked instead of `host`. */
  readonly serverName?: string;
}

export interface SftpSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** File with the private key; or `passwordFile`, a file with the password. */
  readonly key?: string;
  readonly passwordFile?: string;
  /** SHA-256 of the host's key, as `ssh-keygen -lf` prints it. Another host is refused. */
  readonly hostKey: string;
  readonly path: string;
}

/** Tries after the first: each step waits `afterSeconds` before a try, `times` times. After the last the lane is parked and its owner told. */
export interface RetrySettings {
  readonly steps: readonly { readonly afterSeconds: number; readonly times: number }[];
  /** What a refusal of the message itself does (AR, CR, 400, 422): `park` at once, or try again as if unanswered. */
  readonly refused: "park" | "retry";
}

/** Every ten minutes for an hour, then a person is told. */
export const usualRetry: RetrySettings = { steps: [{ afterSeconds: 600, times: 6 }], refused: "park" };

export interface WatchSettings {
  /** Alert when this link has been silent for longer than usual for this hour of the week. */
  readonly silence: boolean;
  /** Tests that are expected to have a result: how long after the order. Local code or `*`. */
  readonly resultWithinHours: Readonly<Record<string, number>>;
  /** Alert on gaps of MSH-13. */
  readonly sequence: boolean;
  /** Count the messages with results that nobody sent an order for. */
  readonly unordered: boolean;
}

/** Of a link whose file says nothing: what is usual for it is learnt from its history, so nothing needs to be said. */
export const usualWatch: WatchSettings = { silence: true, resultWithinHours: {}, sequence: false, unordered: false };
