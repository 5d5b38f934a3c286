import { failed, incorrect, limits, ok, type Result } from "#kernel";
import { explicitLittle, implicitLittle } from "#standards/dicom";
import type { AssociationWish, ProposedService, UserIdentity } from "./node.ts";
import { latin1Bytes } from "./octets.ts";
import { type AssociateRequest, dicomApplicationContext, type ProposedContext } from "./pdu.ts";
import type { Implementation } from "./service.ts";
import type { UserItem } from "./user-item.ts";

export interface Proposing {
  readonly pduBytes: number;
  readonly implementation: Implementation;
}

type Wish = Pick<AssociationWish, "callingAe" | "calledAe" | "contexts" | "windowWanted" | "userIdentity">;

/** The request that says what is wished for. Problems: `dimse-contexts-too-many`, `dimse-ae-title-invalid`. */
export function proposal(wish: Wish, { pduBytes, implementation }: Proposing): Result<AssociateRequest> {
  for (const title of [wish.callingAe, wish.calledAe]) {
    if (!isAeTitle(title)) return failed(incorrect("dimse-ae-title-invalid", "An AE title has 1 to 16 characters."));
  }
  const contexts = wish.contexts.flatMap(contextsOf).map((context, index) => ({ ...context, id: index * 2 + 1 }));
  if (contexts.length > limits.dimseContextsMax)
    return failed(incorrect("dimse-contexts-too-many", "More is proposed than one association can hold."));
  const { versionName } = implementation;
  const userItems: UserItem[] = [
    { is: "max-length", bytes: pduBytes },
    { is: "implementation-class", uid: implementation.classUid },
    ...windowItem(wish.windowWanted ?? 1),
    ...wish.contexts.flatMap(roleItem),
    ...(versionName === undefined ? [] : [{ is: "implementation-version", name: versionName } as const]),
    ...wish.contexts.flatMap(extendedItem),
    ...(wish.userIdentity === undefined ? [] : [identityItem(wish.userIdentity)]),
  ];
  const { calledAe, callingAe } = wish;
  return ok({
    protocolVersion: 1,
    calledAe,
    callingAe,
    applicationContext: dicomApplicationContext,
    userItems,
    contexts,
  });
}

/** Printable characters, no backslash, not spaces alone. Source: PS3.5 §6.2 (AE). */
function isAeTitle(text: string): boolean {
  return /^[ -[\]-~]{1,16}$/.test(text) && text.trim() !== "";
}

const plainSyntaxes = [explicitLittle.uid, implicitLittle.uid];

function contextsOf(service: ProposedService): readonly Omit<ProposedContext, "id">[] {
  const { sopClass: abstractSyntax, transferSyntaxes = plainSyntaxes, isEachAlone = false } = service;
  if (!isEachAlone) return [{ abstractSyntax, transferSyntaxes }];
  return transferSyntaxes.map((uid) => ({ abstractSyntax, transferSyntaxes: [uid] }));
}

/** Source: PS3.7 §D.3.3.3: without the item, one at a time. */
function windowItem(wanted: number): readonly UserItem[] {
  return wanted === 1 ? [] : [{ is: "operations-window", invoked: wanted, performed: 1 }];
}

function roleItem({ sopClass, role }: ProposedService): readonly UserItem[] {
  if (role === undefined || role === "scu") return [];
  return [{ is: "role", sopClass, isScu: role === "both", isScp: true }];
}

function extendedItem({ sopClass, extended }: ProposedService): readonly UserItem[] {
  return extended === undefined ? [] : [{ is: "extended", sopClass, information: extended }];
}

/** Source: PS3.7 Table D.3-14. */
const identityTypes = { username: 1, "username-and-passcode": 2, kerberos: 3, saml: 4, jwt: 5 } as const;

function identityItem(identity: UserIdentity): UserItem {
  const none = new Uint8Array(0);
  const utf8 = new TextEncoder();
  const item = (primary: Uint8Array, secondary = none): UserItem => ({
    is: "identity",
    type: identityTypes[identity.is],
    wantsAnswer: false,
    primary,
    secondary,
  });
  switch (identity.is) {
    case "username":
      return item(utf8.encode(identity.username));
    case "username-and-passcode":
      return item(utf8.encode(identity.username), utf8.encode(identity.passcode));
    case "kerberos":
      return item(identity.ticket);
    case "saml":
      return item(identity.assertion);
    case "jwt":
      return item(latin1Bytes(identity.token));
  }
}

/** Who the other side says its user is; undefined where it says nothing, or nothing known. Source: PS3.7 §D.3.3.7. */
export function identityOf(userItems: readonly UserItem[]): UserIdentity | undefined {
  const item = userItems.find(({ is }) => is === "identity");
  if (item?.is !== "identity") return undefined;
  const utf8 = new TextDecoder();
  switch (item.type) {
    case identityTypes.username:
      return { is: "username", username: utf8.decode(item.primary) };
    case identityTypes["username-and-passcode"]:
      return {
        is: "username-and-passcode",
        username: utf8.decode(item.primary),
        passcode: utf8.decode(item.secondary),
      };
    case identityTypes.kerberos:
      return { is: "kerberos", ticket: item.primary };
    case identityTypes.saml:
      return { is: "saml", assertion: item.primary };
    case identityTypes.jwt:
      return { is: "jwt", token: utf8.decode(item.primary) };
    default:
      return undefined;
  }
}
