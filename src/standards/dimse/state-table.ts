/** The association as a table: what happens in each state on each event. Source: PS3.8 §9.2, Tables 9-1 to 9-10. */

/** Source: PS3.8 Tables 9-1 to 9-5. */
export const states = {
  Sta1: "idle",
  Sta2: "connection open, awaiting a request for association",
  Sta3: "awaiting the answer of this side to the request",
  Sta4: "awaiting the connection",
  Sta5: "awaiting the other side's answer to the request",
  Sta6: "association established",
  Sta7: "awaiting the other side's answer to the release",
  Sta8: "awaiting the answer of this side to the release",
  Sta9: "release of both at once; requester, awaiting the answer of this side",
  Sta10: "release of both at once; acceptor, awaiting the other side's answer",
  Sta11: "release of both at once; requester, awaiting the other side's answer",
  Sta12: "release of both at once; acceptor, awaiting the answer of this side",
  Sta13: "awaiting the end of the connection",
} as const;

export type State = keyof typeof states;

/** What happens. Requests and responses are those of this side, PDUs those of the other. Source: PS3.8 Table 9-10. */
export const events = {
  Evt1: "association wanted",
  Evt2: "connection confirmed",
  Evt3: "A-ASSOCIATE-AC came",
  Evt4: "A-ASSOCIATE-RJ came",
  Evt5: "connection opened by the other side",
  Evt6: "A-ASSOCIATE-RQ came",
  Evt7: "association accepted",
  Evt8: "association rejected",
  Evt9: "data to be sent",
  Evt10: "P-DATA-TF came",
  Evt11: "release wanted",
  Evt12: "A-RELEASE-RQ came",
  Evt13: "A-RELEASE-RP came",
  Evt14: "release agreed to",
  Evt15: "abort wanted",
  Evt16: "A-ABORT came",
  Evt17: "connection closed",
  Evt18: "ARTIM expired",
  Evt19: "something came that is no PDU",
} as const;

export type Event = keyof typeof events;

/** What an action consists of, in this order. */
export type Effect =
  | "connect"
  | "send-associate-rq"
  | "send-associate-ac"
  | "send-associate-rj"
  | "send-data"
  | "send-release-rq"
  | "send-release-rp"
  | "send-abort-of-user"
  | "send-abort-of-provider"
  | "tell-accepted"
  | "tell-rejected"
  | "tell-asked"
  | "tell-data"
  | "tell-release-asked"
  | "tell-released"
  | "tell-aborted"
  | "tell-connection-lost"
  | "start-artim"
  | "stop-artim"
  | "close";

/** Source: PS3.8 Tables 9-6 to 9-9. */
export const actions = {
  "AE-1": ["connect"],
  "AE-2": ["send-associate-rq"],
  "AE-3": ["tell-accepted"],
  "AE-4": ["tell-rejected", "close"],
  "AE-5": ["start-artim"],
  "AE-6": ["stop-artim", "tell-asked"],
  "AE-7": ["send-associate-ac"],
  "AE-8": ["send-associate-rj", "start-artim"],
  "DT-1": ["send-data"],
  "DT-2": ["tell-data"],
  "AR-1": ["send-release-rq"],
  "AR-2": ["tell-release-asked"],
  "AR-3": ["tell-released", "close"],
  "AR-4": ["send-release-rp", "start-artim"],
  "AR-5": ["stop-artim"],
  "AR-6": ["tell-data"],
  "AR-7": ["send-data"],
  "AR-8": ["tell-release-asked"],
  "AR-9": ["send-release-rp"],
  "AR-10": ["tell-released"],
  "AA-1": ["send-abort-of-user", "start-artim"],
  "AA-2": ["stop-artim", "close"],
  "AA-3": ["tell-aborted", "close"],
  "AA-4": ["tell-connection-lost"],
  "AA-5": ["stop-artim"],
  "AA-6": [],
  "AA-7": ["send-abort-of-provider"],
  "AA-8": ["send-abort-of-provider", "tell-aborted", "start-artim"],
} as const satisfies Readonly<Record<string, readonly Effect[]>>;

export type Action = keyof typeof actions;

type Cells = Partial<Readonly<Record<State, `${Action} ${State}`>>>;

/** The states of an association in which whatever comes at the wrong time ends it in the same way. */
function whileOpen<const Cell extends `${Action} ${State}`>(cell: Cell) {
  return {
    Sta3: cell,
    Sta5: cell,
    Sta6: cell,
    Sta7: cell,
    Sta8: cell,
    Sta9: cell,
    Sta10: cell,
    Sta11: cell,
    Sta12: cell,
  } as const satisfies Cells;
}

const unexpected = { Sta2: "AA-1 Sta13", ...whileOpen("AA-8 Sta13"), Sta13: "AA-6 Sta13" } as const satisfies Cells;

/** A cell that is absent cannot come to pass. Source: PS3.8 Table 9-10; where it names two states, see `stepAssociation`. */
export const stateTable: Readonly<Record<Event, Cells>> = {
  Evt1: { Sta1: "AE-1 Sta4" },
  Evt2: { Sta4: "AE-2 Sta5" },
  Evt3: { ...unexpected, Sta5: "AE-3 Sta6" },
  Evt4: { ...unexpected, Sta5: "AE-4 Sta1" },
  Evt5: { Sta1: "AE-5 Sta2" },
  Evt6: { ...unexpected, Sta2: "AE-6 Sta3", Sta13: "AA-7 Sta13" },
  Evt7: { Sta3: "AE-7 Sta6" },
  Evt8: { Sta3: "AE-8 Sta13" },
  Evt9: { Sta6: "DT-1 Sta6", Sta8: "AR-7 Sta8" },
  Evt10: { ...unexpected, Sta6: "DT-2 Sta6", Sta7: "AR-6 Sta7" },
  Evt11: { Sta6: "AR-1 Sta7" },
  Evt12: { ...unexpected, Sta6: "AR-2 Sta8", Sta7: "AR-8 Sta9" },
  Evt13: { ...unexpected, Sta7: "AR-3 Sta1", Sta10: "AR-10 Sta12", Sta11: "AR-3 Sta1" },
  Evt14: { Sta8: "AR-4 Sta13", Sta9: "AR-9 Sta11", Sta12: "AR-4 Sta13" },
  Evt15: { ...whileOpen("AA-1 Sta13"), Sta4: "AA-2 Sta1" },
  Evt16: { Sta2: "AA-2 Sta1", ...whileOpen("AA-3 Sta1"), Sta13: "AA-2 Sta1" },
  Evt17: { Sta2: "AA-5 Sta1", ...whileOpen("AA-4 Sta1"), Sta4: "AA-4 Sta1", Sta13: "AR-5 Sta1" },
  Evt18: { Sta2: "AA-2 Sta1", Sta13: "AA-2 Sta1" },
  Evt19: { ...unexpected, Sta13: "AA-7 Sta13" },
};

export interface Step {
  readonly action: Action;
  readonly effects: readonly Effect[];
  readonly next: State;
}

export interface AssociationSide {
  /** Whether this side asked for the association: it decides who waits for whom when both release at once (AR-8). */
  readonly isRequester: boolean;
}

/** Undefined for what cannot come to pass in this state: whoever causes it has made an error. */
export function stepAssociation(state: State, event: Event, { isRequester }: AssociationSide): Step | undefined {
  const cell = stateTable[event][state];
  if (cell === undefined) return undefined;
  const [action, next] = cell.split(" ") as [Action, State];
  return { action, effects: actions[action], next: action === "AR-8" && !isRequester ? "Sta10" : next };
}
