/** Command Field (0000,0100). Source: PS3.7 Table E.1-1. */
export const commandFields = {
  "C-STORE-RQ": 0x0001,
  "C-STORE-RSP": 0x8001,
  "C-GET-RQ": 0x0010,
  "C-GET-RSP": 0x8010,
  "C-FIND-RQ": 0x0020,
  "C-FIND-RSP": 0x8020,
  "C-MOVE-RQ": 0x0021,
  "C-MOVE-RSP": 0x8021,
  "C-ECHO-RQ": 0x0030,
  "C-ECHO-RSP": 0x8030,
  "N-EVENT-REPORT-RQ": 0x0100,
  "N-EVENT-REPORT-RSP": 0x8100,
  "N-GET-RQ": 0x0110,
  "N-GET-RSP": 0x8110,
  "N-SET-RQ": 0x0120,
  "N-SET-RSP": 0x8120,
  "N-ACTION-RQ": 0x0130,
  "N-ACTION-RSP": 0x8130,
  "N-CREATE-RQ": 0x0140,
  "N-CREATE-RSP": 0x8140,
  "N-DELETE-RQ": 0x0150,
  "N-DELETE-RSP": 0x8150,
  "C-CANCEL-RQ": 0x0fff,
} as const;

export type CommandName = keyof typeof commandFields;

const names: ReadonlyMap<number, CommandName> = new Map(
  Object.entries(commandFields).map(([name, field]) => [field, name as CommandName]),
);

/** Undefined for a field that the standard does not know. */
export function commandName(field: number): CommandName | undefined {
  return names.get(field);
}

/** What a request is about: `C-STORE` of `C-STORE-RQ`. */
export type Operation = CommandName extends infer Name ? (Name extends `${infer What}-RQ` ? What : never) : never;

type Field = keyof CommandValues;

/** The fields of a command set. Source: PS3.7 §9.3, §10.3, Table E.1-1. */
export interface CommandValues {
  readonly affectedSopClass?: string;
  readonly requestedSopClass?: string;
  readonly commandField?: number;
  readonly messageId?: number;
  readonly respondedTo?: number;
  readonly moveDestination?: string;
  readonly priority?: number;
  readonly dataSetType?: number;
  readonly status?: number;
  readonly offending?: readonly number[];
  readonly comment?: string;
  readonly errorId?: number;
  readonly affectedSopInstance?: string;
  readonly requestedSopInstance?: string;
  readonly eventType?: number;
  readonly attributes?: readonly number[];
  readonly actionType?: number;
  readonly remaining?: number;
  readonly completed?: number;
  readonly failed?: number;
  readonly warning?: number;
  readonly moveOriginator?: string;
  readonly moveOriginatorMessageId?: number;
}

export interface CommandElement {
  readonly element: number;
  readonly vr: "UI" | "US" | "AE" | "AT" | "LO";
  readonly field: Field;
}

/** In the order of their tags, all of group 0000. */
export const commandElements: readonly CommandElement[] = [
  { element: 0x0002, vr: "UI", field: "affectedSopClass" },
  { element: 0x0003, vr: "UI", field: "requestedSopClass" },
  { element: 0x0100, vr: "US", field: "commandField" },
  { element: 0x0110, vr: "US", field: "messageId" },
  { element: 0x0120, vr: "US", field: "respondedTo" },
  { element: 0x0600, vr: "AE", field: "moveDestination" },
  { element: 0x0700, vr: "US", field: "priority" },
  { element: 0x0800, vr: "US", field: "dataSetType" },
  { element: 0x0900, vr: "US", field: "status" },
  { element: 0x0901, vr: "AT", field: "offending" },
  { element: 0x0902, vr: "LO", field: "comment" },
  { element: 0x0903, vr: "US", field: "errorId" },
  { element: 0x1000, vr: "UI", field: "affectedSopInstance" },
  { element: 0x1001, vr: "UI", field: "requestedSopInstance" },
  { element: 0x1002, vr: "US", field: "eventType" },
  { element: 0x1005, vr: "AT", field: "attributes" },
  { element: 0x1008, vr: "US", field: "actionType" },
  { element: 0x1020, vr: "US", field: "remaining" },
  { element: 0x1021, vr: "US", field: "completed" },
  { element: 0x1022, vr: "US", field: "failed" },
  { element: 0x1023, vr: "US", field: "warning" },
  { element: 0x1030, vr: "AE", field: "moveOriginator" },
  { element: 0x1031, vr: "US", field: "moveOriginatorMessageId" },
];

/** What each command cannot be without. Source: PS3.7 §9.3, §10.3. */
export const requiredFields: Readonly<Record<CommandName, readonly Field[]>> = {
  "C-STORE-RQ": ["affectedSopClass", "messageId", "affectedSopInstance"],
  "C-STORE-RSP": ["respondedTo", "status"],
  "C-GET-RQ": ["affectedSopClass", "messageId"],
  "C-GET-RSP": ["respondedTo", "status"],
  "C-FIND-RQ": ["affectedSopClass", "messageId"],
  "C-FIND-RSP": ["respondedTo", "status"],
  "C-MOVE-RQ": ["affectedSopClass", "messageId", "moveDestination"],
  "C-MOVE-RSP": ["respondedTo", "status"],
  "C-ECHO-RQ": ["messageId"],
  "C-ECHO-RSP": ["respondedTo", "status"],
  "N-EVENT-REPORT-RQ": ["affectedSopClass", "messageId", "affectedSopInstance", "eventType"],
  "N-EVENT-REPORT-RSP": ["respondedTo", "status"],
  "N-GET-RQ": ["requestedSopClass", "messageId", "requestedSopInstance"],
  "N-GET-RSP": ["respondedTo", "status"],
  "N-SET-RQ": ["requestedSopClass", "messageId", "requestedSopInstance"],
  "N-SET-RSP": ["respondedTo", "status"],
  "N-ACTION-RQ": ["requestedSopClass", "messageId", "requestedSopInstance", "actionType"],
  "N-ACTION-RSP": ["respondedTo", "status"],
  "N-CREATE-RQ": ["affectedSopClass", "messageId"],
  "N-CREATE-RSP": ["respondedTo", "status"],
  "N-DELETE-RQ": ["requestedSopClass", "messageId", "requestedSopInstance"],
  "N-DELETE-RSP": ["respondedTo", "status"],
  "C-CANCEL-RQ": ["respondedTo"],
};
