/** Source: PS3.8 §7.1.1, Annex D; PS3.7 §D.3.3. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk } from "#kernel";
import { storageClasses } from "#standards/dicom";
import { agreementOf, negotiate, type Offer, refusalOf } from "./negotiate.ts";
import type { AssociationWish } from "./node.ts";
import type { AssociateRequest, ProposedContext } from "./pdu.ts";
import { identityOf, proposal } from "./propose.ts";
import { readQueryExtensions } from "./query-extensions.ts";
import { isStorageClass, sopClasses, storageServiceClass } from "./sop-classes.ts";
import type { UserItem } from "./user-item.ts";

const [implicit, explicit, big] = ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2"];
const [deflated, lossless, ct] = ["1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.4.90", "1.2.840.10008.5.1.4.1.1.2"];
const known = new Set(storageClasses);

const offer: Offer = {
  serviceOf(sopClass, serviceClass) {
    if (sopClass === sopClasses.studyRootFind)
      return {
        isStorage: false,
        extensions: {
          isRelational: true,
          hasCombinedDateTime: true,
          hasFuzzyNames: false,
          hasTimezoneAdjustment: false,
        },
      };
    const isStorage = isStorageClass(sopClass, known) || serviceClass === storageServiceClass;
    return isStorage ? { isStorage } : undefined;
  },
  pduBytes: 131_072,
  operationsMax: 16,
  implementation: { classUid: "2.25.1", versionName: "TEST" },
};

function request(
  contexts: readonly Omit<ProposedContext, "id">[],
  userItems: readonly UserItem[] = [],
): AssociateRequest {
  return {
    protocolVersion: 1,
    calledAe: "ARCHIVE",
    callingAe: "CT7",
    applicationContext: "1.2.840.10008.3.1.1.1",
    contexts: contexts.map((context, index) => ({ ...context, id: index * 2 + 1 })),
    userItems,
  };
}

const find = sopClasses.studyRootFind;
const rows: readonly (readonly [string, string, readonly string[], string])[] = [
  ["an image, uncompressed", ct, [implicit, explicit], `0 ${explicit}`],
  ["an image as the sender has it", ct, [lossless], `0 ${lossless}`],
  ["an image in a syntax of the sender's own", ct, ["1.3.12.9"], "0 1.3.12.9"],
  ["an image compressed, where its sender could also unpack it", ct, [lossless, explicit], `0 ${explicit}`],
  ["an image in no syntax at all", ct, [], "4"],
  ["a new storage class of the standard", "1.2.840.10008.5.1.4.1.1.999.1", [explicit], `0 ${explicit}`],
  ["a private one", "1.3.12.2.1107.5.9.1", [explicit], `0 ${explicit}`],
  ["a directory, which is no object", sopClasses.mediaStorageDirectory, [explicit], "3"],
  ["printing", "1.2.840.10008.5.1.1.9", [explicit], "3"],
  ["a query", find, [implicit, big], `0 ${implicit}`],
  ["a query in deflated text alone", find, [deflated], "4"],
];

for (const [what, abstractSyntax, transferSyntaxes, expected] of rows) {
  test(`${what} is answered ${expected}`, () => {
    const { accept } = negotiate(request([{ abstractSyntax, transferSyntaxes }]), offer);
    const [{ result, transferSyntax } = { result: -1, transferSyntax: "" }] = accept.contexts;
    assert.equal(result === 0 ? `0 ${transferSyntax}` : `${result}`, expected);
  });
}

test("a class that the sender says is storage is taken as such", () => {
  const sopClass = "1.2.840.10008.9.9";
  const said: UserItem = {
    is: "common-extended",
    version: 0,
    sopClass,
    serviceClass: storageServiceClass,
    relatedClasses: [],
    reserved: new Uint8Array(0),
  };
  const contexts = [{ abstractSyntax: sopClass, transferSyntaxes: [explicit] }];
  assert.equal(negotiate(request(contexts), offer).accept.contexts[0]?.result, 3);
  assert.equal(negotiate(request(contexts, [said]), offer).accept.contexts[0]?.result, 0);
});

test("windows are agreed on within bounds, and are one operation where none was asked for", () => {
  const contexts = [{ abstractSyntax: ct, transferSyntaxes: [explicit] }];
  const asked: UserItem = { is: "operations-window", invoked: 0, performed: 3 };
  const { accept, agreement } = negotiate(request(contexts, [asked]), offer);
  assert.deepEqual(agreement.window, { invoked: 16, performed: 3 });
  assert.ok(accept.userItems.some((item) => item.is === "operations-window" && item.invoked === 16));
  const plain = negotiate(request(contexts), offer);
  assert.deepEqual(plain.agreement.window, { invoked: 1, performed: 1 });
  assert.ok(!plain.accept.userItems.some(({ is }) => is === "operations-window"));
});

test("of the extensions of a query those are agreed on that both sides can", () => {
  const contexts = [{ abstractSyntax: find, transferSyntaxes: [explicit] }];
  const asked: UserItem = { is: "extended", sopClass: find, information: Uint8Array.of(1, 0, 1) };
  const { accept, agreement } = negotiate(request(contexts, [asked]), offer);
  assert.deepEqual(agreement.extensions.get(find), readQueryExtensions(Uint8Array.of(1)));
  const said = accept.userItems.find(({ is }) => is === "extended");
  assert.deepEqual(said?.is === "extended" && [...said.information], [1, 0, 0, 0]);
});

test("what is proposed for retrieval lets the other side send, and only where it agreed", () => {
  const wish: Pick<AssociationWish, "callingAe" | "calledAe" | "contexts"> = {
    callingAe: "CORRIDOR",
    calledAe: "PACS",
    contexts: [
      { sopClass: find },
      { sopClass: ct, role: "scp", transferSyntaxes: [explicit, lossless], isEachAlone: true },
    ],
  };
  const proposed = expectOk(proposal(wish, { pduBytes: 16_384, implementation: offer.implementation }));
  assert.deepEqual(
    proposed.contexts.map(({ id, transferSyntaxes }) => [id, ...transferSyntaxes]),
    [
      [1, explicit, implicit],
      [3, explicit],
      [5, lossless],
    ],
  );
  const { accept, agreement } = negotiate(proposed, offer);
  const own = agreementOf(proposed, accept);
  assert.deepEqual(
    own.contexts.map(({ maySend, mayReceive }) => [maySend, mayReceive]),
    [
      [true, false],
      [false, true],
      [false, true],
    ],
  );
  assert.deepEqual(
    agreement.contexts.map(({ maySend, mayReceive }) => [maySend, mayReceive]),
    [
      [false, true],
      [true, false],
      [true, false],
    ],
  );
  const without = { ...accept, userItems: accept.userItems.filter(({ is }) => is !== "role") };
  assert.ok(agreementOf(proposed, without).contexts.every(({ mayReceive }) => !mayReceive));
});

test("who somebody says they are is read as it was written", () => {
  const userIdentity = { is: "username-and-passcode", username: "müller", passcode: "open" } as const;
  const wish = { callingAe: "A", calledAe: "B", contexts: [], userIdentity };
  const written = expectOk(proposal(wish, { pduBytes: 0, implementation: offer.implementation }));
  assert.deepEqual(identityOf(written.userItems), userIdentity);
});

test("another protocol or application is refused whoever asks", () => {
  assert.equal(refusalOf(request([])), undefined);
  assert.deepEqual(refusalOf({ ...request([]), protocolVersion: 2 }), { source: 2, reason: 2 });
  assert.deepEqual(refusalOf({ ...request([]), applicationContext: "1.2.3" }), { source: 1, reason: 2 });
});

test("an AE title that is none is not proposed", () => {
  for (const callingAe of ["", "    ", "SEVENTEENLETTERS1", "A\\B"]) {
    const made = proposal(
      { callingAe, calledAe: "B", contexts: [] },
      { pduBytes: 0, implementation: offer.implementation },
    );
    assert.equal(!made.ok && made.problems[0].code, "dimse-ae-title-invalid", callingAe);
  }
});
