import { type TransferSyntax, transferSyntaxOf } from "#standards/dicom";
import {
  type AnsweredContext,
  type AssociateAccept,
  type AssociateRequest,
  contextResults,
  dicomApplicationContext,
  type ProposedContext,
} from "./pdu.ts";
import { noExtensions, readQueryExtensions, sharedExtensions, writeQueryExtensions } from "./query-extensions.ts";
import type { AcceptedContext, Implementation, OperationsWindow, QueryExtensions } from "./service.ts";
import { storageServiceClass } from "./sop-classes.ts";
import type { UserItem } from "./user-item.ts";

/** What a side offers to those who ask it. */
export interface Offer {
  /** The service of a SOP class; undefined where there is none. `serviceClass` is what the other side says it belongs to. */
  serviceOf(sopClass: string, serviceClass: string | undefined): OfferedService | undefined;
  /** Told to the other side; 0 is without bound. */
  readonly pduBytes: number;
  /** Operations under way at once, in each direction. */
  readonly operationsMax: number;
  readonly implementation: Implementation;
}

export interface OfferedService {
  /** Data sets are kept as they come, so every transfer syntax is taken. */
  readonly isStorage: boolean;
  readonly extensions?: QueryExtensions;
}

/** What was agreed on, as both sides know it. */
export interface Agreement {
  readonly contexts: readonly AcceptedContext[];
  readonly window: OperationsWindow;
  /** By SOP class; absent: none. */
  readonly extensions: ReadonlyMap<string, QueryExtensions>;
  readonly implementation: Implementation;
  /** What the other side takes in one PDU; 0 is without bound. */
  readonly pduBytes: number;
}

/**
 * A request that can be answered at all, answered: which contexts, roles, window and extensions are agreed on, and the answer that
 * says so. Source: PS3.8 §9.3.3, PS3.7 §D.3.3.
 */
export function negotiate(request: AssociateRequest, offer: Offer): { accept: AssociateAccept; agreement: Agreement } {
  const answers = request.contexts.map((proposed) => answer(proposed, request, offer));
  const contexts = answers.flatMap(({ accepted }) => (accepted === undefined ? [] : [accepted]));
  const extensions = agreedExtensions(request, contexts, offer);
  const asked = find(request.userItems, "operations-window");
  const window = agreedWindow(asked, offer.operationsMax);
  const userItems: UserItem[] = [
    { is: "max-length", bytes: offer.pduBytes },
    { is: "implementation-class", uid: offer.implementation.classUid },
    ...(asked === undefined ? [] : [{ is: "operations-window", ...window } as const]),
    ...rolesOf(request, contexts),
    ...versionOf(offer.implementation),
    ...[...extensions].map(([sopClass, shared]) => extendedAnswer(sopClass, shared)),
    ...storageAnswers(request, contexts, offer),
    ...identityAnswer(request),
  ];
  const { protocolVersion, calledAe, callingAe, applicationContext } = request;
  const accept = {
    protocolVersion: protocolVersion & 1,
    calledAe,
    callingAe,
    applicationContext,
    userItems,
    contexts: answers.map(({ answered }) => answered),
  };
  return { accept, agreement: { contexts, window, extensions, ...peerOf(request.userItems) } };
}

/** Why no association can come of a request, whoever asks; undefined where one can. Source: PS3.8 Table 9-21. */
export function refusalOf(request: AssociateRequest): { source: number; reason: number } | undefined {
  if ((request.protocolVersion & 1) === 0) return { source: 2, reason: 2 };
  if (request.applicationContext !== dicomApplicationContext) return { source: 1, reason: 2 };
  return undefined;
}

/** What the other side made of what this side proposed. */
export function agreementOf(proposed: AssociateRequest, accepted: AssociateAccept): Agreement {
  const contexts = accepted.contexts.flatMap(({ id, result, transferSyntax }) => {
    const own = proposed.contexts.find((context) => context.id === id);
    if (own === undefined || result !== contextResults.accepted) return [];
    const sopClass = own.abstractSyntax;
    const asked = roleOf(proposed.userItems, sopClass);
    const given = roleOf(accepted.userItems, sopClass);
    const maySend = asked?.isScu !== false && (given?.isScu ?? true);
    const mayReceive = asked?.isScp === true && given?.isScp === true;
    return [{ id, sopClass, transferSyntax, maySend, mayReceive }];
  });
  const asked = find(proposed.userItems, "operations-window");
  const given = asked && find(accepted.userItems, "operations-window");
  const extensions = new Map(
    accepted.userItems.flatMap((item) =>
      item.is === "extended" ? [[item.sopClass, readQueryExtensions(item.information)] as const] : [],
    ),
  );
  const window = { invoked: given?.invoked ?? 1, performed: given?.performed ?? 1 };
  return { contexts, window, extensions, ...peerOf(accepted.userItems) };
}

interface Answer {
  readonly answered: AnsweredContext;
  readonly accepted?: AcceptedContext;
}

function answer(proposed: ProposedContext, { userItems }: AssociateRequest, offer: Offer): Answer {
  const { id, abstractSyntax: sopClass } = proposed;
  const refused = (result: number): Answer => ({
    answered: { id, result, transferSyntax: proposed.transferSyntaxes[0] ?? "" },
  });
  if (id % 2 === 0 || sopClass === "") return refused(contextResults.noReason);
  const service = offer.serviceOf(sopClass, serviceClassOf(userItems, sopClass));
  if (service === undefined) return refused(contextResults.abstractSyntaxNotSupported);
  const transferSyntax = chosenSyntax(proposed.transferSyntaxes, service);
  if (transferSyntax === undefined) return refused(contextResults.transferSyntaxesNotSupported);
  const role = roleOf(userItems, sopClass);
  const accepted = { id, sopClass, transferSyntax, maySend: role?.isScp ?? false, mayReceive: role?.isScu ?? true };
  return { answered: { id, result: contextResults.accepted, transferSyntax }, accepted };
}

/**
 * Of several, explicit little endian, so that the sender need not compress or lose anything; then its own first choice. Data sets
 * that are read at once are taken uncompressed alone.
 */
function chosenSyntax(proposed: readonly string[], { isStorage }: OfferedService): string | undefined {
  const known = proposed.filter((uid) => uid !== "").map(transferSyntaxOf);
  const readable = known.filter((syntax) => isStorage || isPlain(syntax));
  return (readable.find(isExplicitLittle) ?? readable[0])?.uid;
}

function isPlain({ isEncapsulated, isDeflated }: TransferSyntax): boolean {
  return !isEncapsulated && !isDeflated;
}

function isExplicitLittle(syntax: TransferSyntax): boolean {
  return isPlain(syntax) && syntax.isExplicit && syntax.isLittleEndian;
}

function agreedWindow(asked: OperationsWindow | undefined, max: number): OperationsWindow {
  const within = (wanted: number) => (wanted === 0 ? max : Math.min(wanted, max));
  return asked === undefined
    ? { invoked: 1, performed: 1 }
    : { invoked: within(asked.invoked), performed: within(asked.performed) };
}

function agreedExtensions(
  { userItems }: AssociateRequest,
  contexts: readonly AcceptedContext[],
  offer: Offer,
): ReadonlyMap<string, QueryExtensions> {
  const agreed = new Map<string, QueryExtensions>();
  for (const item of userItems) {
    if (item.is !== "extended" || !contexts.some(({ sopClass }) => sopClass === item.sopClass)) continue;
    const service = offer.serviceOf(item.sopClass, undefined);
    if (service === undefined || service.isStorage) continue;
    agreed.set(
      item.sopClass,
      sharedExtensions(service.extensions ?? noExtensions, readQueryExtensions(item.information)),
    );
  }
  return agreed;
}

function extendedAnswer(sopClass: string, shared: QueryExtensions): UserItem {
  return { is: "extended", sopClass, information: writeQueryExtensions(shared) };
}

/** Everything is kept, bit for bit, and nothing coerced. Source: PS3.4 Table B.3-1. */
const fullStorage = Uint8Array.of(2, 0, 2, 0, 0, 0);

function storageAnswers({ userItems }: AssociateRequest, contexts: readonly AcceptedContext[], offer: Offer) {
  return userItems.flatMap((item): readonly UserItem[] => {
    if (item.is !== "extended" || !contexts.some(({ sopClass }) => sopClass === item.sopClass)) return [];
    if (offer.serviceOf(item.sopClass, serviceClassOf(userItems, item.sopClass))?.isStorage !== true) return [];
    return [{ is: "extended", sopClass: item.sopClass, information: fullStorage }];
  });
}

/** Roles are given as they are asked for. Source: PS3.7 §D.3.3.4. */
function rolesOf({ userItems }: AssociateRequest, contexts: readonly AcceptedContext[]): readonly UserItem[] {
  return userItems.filter((item) => item.is === "role" && contexts.some(({ sopClass }) => sopClass === item.sopClass));
}

/** Who is told that their identity counts has been told all there is. Source: PS3.7 §D.3.3.7.2. */
function identityAnswer({ userItems }: AssociateRequest): readonly UserItem[] {
  const isAwaited = userItems.some((item) => item.is === "identity" && item.wantsAnswer);
  return isAwaited ? [{ is: "identity-answer", response: new Uint8Array(0) }] : [];
}

function versionOf({ versionName }: Implementation): readonly UserItem[] {
  return versionName === undefined ? [] : [{ is: "implementation-version", name: versionName }];
}

function peerOf(userItems: readonly UserItem[]): Pick<Agreement, "implementation" | "pduBytes"> {
  const versionName = find(userItems, "implementation-version")?.name;
  const classUid = find(userItems, "implementation-class")?.uid ?? "";
  return {
    implementation: versionName === undefined ? { classUid } : { classUid, versionName },
    pduBytes: find(userItems, "max-length")?.bytes ?? 0,
  };
}

function serviceClassOf(userItems: readonly UserItem[], uid: string): string | undefined {
  const found = userItems.find((item) => item.is === "common-extended" && item.sopClass === uid);
  return found?.is === "common-extended" ? found.serviceClass : undefined;
}

/** Whether the other side says that a SOP class is one of storage. */
export function isSaidToBeStorage(serviceClass: string | undefined): boolean {
  return serviceClass === storageServiceClass;
}

function roleOf(userItems: readonly UserItem[], sopClass: string) {
  return userItems.find((item) => item.is === "role" && item.sopClass === sopClass) as
    | Extract<UserItem, { is: "role" }>
    | undefined;
}

function find<Kind extends UserItem["is"]>(userItems: readonly UserItem[], kind: Kind) {
  return userItems.find((item) => item.is === kind) as Extract<UserItem, { is: Kind }> | undefined;
}
