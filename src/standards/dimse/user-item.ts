import { bytes16, bytes32, counted, joined, latin1, latin1Bytes, Octets } from "./octets.ts";

/** What is said of the two nodes when they meet. Source: PS3.7 §D.3.3, PS3.8 Annex D. */
export type UserItem =
  | { readonly is: "max-length"; readonly bytes: number }
  | { readonly is: "implementation-class"; readonly uid: string }
  | { readonly is: "implementation-version"; readonly name: string }
  /** 0 is without bound. */
  | { readonly is: "operations-window"; readonly invoked: number; readonly performed: number }
  | { readonly is: "role"; readonly sopClass: string; readonly isScu: boolean; readonly isScp: boolean }
  | { readonly is: "extended"; readonly sopClass: string; readonly information: Uint8Array }
  | {
      readonly is: "common-extended";
      readonly version: number;
      readonly sopClass: string;
      readonly serviceClass: string;
      readonly relatedClasses: readonly string[];
      /** Room for what later versions add. */
      readonly reserved: Uint8Array;
    }
  | {
      readonly is: "identity";
      readonly type: number;
      readonly wantsAnswer: boolean;
      readonly primary: Uint8Array;
      readonly secondary: Uint8Array;
    }
  | { readonly is: "identity-answer"; readonly response: Uint8Array }
  | { readonly is: "unknown"; readonly type: number; readonly bytes: Uint8Array };

const types = {
  maxLength: 0x51,
  implementationClass: 0x52,
  window: 0x53,
  role: 0x54,
  implementationVersion: 0x55,
  extended: 0x56,
  commonExtended: 0x57,
  identity: 0x58,
  identityAnswer: 0x59,
} as const;

/** An item from its type, the reserved byte behind that, and its content; undefined when the content is too short for it. */
export function readUserItem(type: number, reserved: number, content: Uint8Array): UserItem | undefined {
  const octets = new Octets(content);
  const item = readContent({ type, reserved, octets });
  return octets.isShort ? undefined : item;
}

interface Content {
  readonly type: number;
  readonly reserved: number;
  readonly octets: Octets;
}

function readContent({ type, reserved, octets }: Content): UserItem {
  switch (type) {
    case types.maxLength:
      return { is: "max-length", bytes: octets.number32() };
    case types.implementationClass:
      return { is: "implementation-class", uid: uidText(octets.take(octets.left)) };
    case types.window:
      return { is: "operations-window", invoked: octets.number16(), performed: octets.number16() };
    case types.role:
      return {
        is: "role",
        sopClass: uidText(octets.counted()),
        isScu: octets.byte() === 1,
        isScp: octets.byte() === 1,
      };
    case types.implementationVersion:
      return { is: "implementation-version", name: octets.text(octets.left).trim() };
    case types.extended:
      return { is: "extended", sopClass: uidText(octets.counted()), information: octets.take(octets.left) };
    case types.commonExtended:
      return readCommonExtended(reserved, octets);
    case types.identity:
      return {
        is: "identity",
        type: octets.byte(),
        wantsAnswer: octets.byte() === 1,
        primary: octets.counted(),
        secondary: octets.counted(),
      };
    case types.identityAnswer:
      return { is: "identity-answer", response: octets.counted() };
    default:
      return { is: "unknown", type, bytes: octets.take(octets.left) };
  }
}

function readCommonExtended(version: number, octets: Octets): UserItem {
  const sopClass = uidText(octets.counted());
  const serviceClass = uidText(octets.counted());
  const related = new Octets(octets.counted());
  const relatedClasses: string[] = [];
  while (related.left > 0 && !related.isShort) relatedClasses.push(uidText(related.counted()));
  if (related.isShort) octets.isShort = true;
  return { is: "common-extended", version, sopClass, serviceClass, relatedClasses, reserved: octets.take(octets.left) };
}

/** Source: PS3.8 §F.1: UIDs have no padding here; some senders pad them all the same. */
export function uidText(bytes: Uint8Array): string {
  return latin1(bytes).replace(/[\0 ]+$/, "");
}

export function writeUserItem(item: UserItem): Uint8Array {
  const { type, reserved = 0, content } = contentOf(item);
  return joined(Uint8Array.of(type, reserved), counted(content));
}

function contentOf(item: UserItem): { type: number; reserved?: number; content: Uint8Array } {
  switch (item.is) {
    case "max-length":
      return { type: types.maxLength, content: bytes32(item.bytes) };
    case "implementation-class":
      return { type: types.implementationClass, content: latin1Bytes(item.uid) };
    case "operations-window":
      return { type: types.window, content: joined(bytes16(item.invoked), bytes16(item.performed)) };
    case "role": {
      const roles = Uint8Array.of(item.isScu ? 1 : 0, item.isScp ? 1 : 0);
      return { type: types.role, content: joined(counted(latin1Bytes(item.sopClass)), roles) };
    }
    case "implementation-version":
      return { type: types.implementationVersion, content: latin1Bytes(item.name) };
    case "extended":
      return { type: types.extended, content: joined(counted(latin1Bytes(item.sopClass)), item.information) };
    case "common-extended": {
      const related = joined(...item.relatedClasses.map((uid) => counted(latin1Bytes(uid))));
      const classes = [item.sopClass, item.serviceClass].map((uid) => counted(latin1Bytes(uid)));
      const content = joined(...classes, counted(related), item.reserved);
      return { type: types.commonExtended, reserved: item.version, content };
    }
    case "identity": {
      const head = Uint8Array.of(item.type, item.wantsAnswer ? 1 : 0);
      return { type: types.identity, content: joined(head, counted(item.primary), counted(item.secondary)) };
    }
    case "identity-answer":
      return { type: types.identityAnswer, content: counted(item.response) };
    case "unknown":
      return { type: item.type, content: item.bytes };
  }
}
