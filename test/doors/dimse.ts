/** A node with services of a test's own, and associations with it. */
import type { TestContext } from "node:test";
import { expectOk } from "#kernel";
import { type DimseServerOptions, dimseClient, openDimseServer } from "#links/dimse";
import { DataSet, makeElement } from "#standards/dicom";
import { type Association, type AssociationWish, type DimseService, sopClasses, success } from "#standards/dimse";
import { type Logged, recordingLog, recordingMeter } from "./recording.ts";

export const ctStorage = "1.2.840.10008.5.1.4.1.1.2";
export const explicitLittleUid = "1.2.840.10008.1.2.1";

export interface Kept {
  readonly sopInstance: string;
  readonly transferSyntax: string;
  readonly bytes: Uint8Array;
  readonly caller: string;
}

/** Keeps what is stored. */
export function keeping(kept: Kept[]): DimseService<string> {
  return {
    sopClasses: "storage",
    async store({ dataSet, sopInstance, transferSyntax, association }) {
      const pieces: Uint8Array[] = [];
      for (;;) {
        const part = await dataSet.next();
        if (part.is === "broken") return { code: 0xa700, comment: part.problem.message };
        if (part.is === "end") break;
        pieces.push(...part.pieces);
      }
      kept.push({ sopInstance, transferSyntax, bytes: Buffer.concat(pieces), caller: association.caller });
      return success;
    },
  };
}

export const echoing: DimseService<string> = { sopClasses: [sopClasses.verification] };

export type DoorOptions = Partial<Omit<DimseServerOptions<string>, "host" | "port" | "name" | "log" | "meter">>;

/** A node on a free port; the caller of its services is the calling AE title. */
export async function aNode(t: Pick<TestContext, "after">, options: DoorOptions = {}) {
  const logged: Logged[] = [];
  const counted: string[] = [];
  const kept: Kept[] = [];
  const server = expectOk(
    await openDimseServer<string>({
      host: "127.0.0.1",
      port: 0,
      name: "dimse",
      admit: async ({ callingAe }) => ({ is: "accepted", caller: callingAe }),
      services: [echoing, keeping(kept)],
      log: recordingLog(logged),
      meter: recordingMeter(counted),
      ...options,
    }),
  );
  t.after(() => server.stop());
  return { ...server, kept, logged, counted };
}

export type Wish = Partial<AssociationWish> & { readonly port: number };

export async function tryAssociation(wish: Wish, limits: Parameters<typeof dimseClient>[0]["limits"] = {}) {
  const client = dimseClient({ log: recordingLog([]), meter: recordingMeter([]), limits });
  return client.open({
    host: "127.0.0.1",
    callingAe: "WARD3",
    calledAe: "CORRIDOR",
    contexts: [{ sopClass: sopClasses.verification }, { sopClass: ctStorage, transferSyntaxes: [explicitLittleUid] }],
    ...wish,
  });
}

export async function anAssociation(t: Pick<TestContext, "after">, wish: Wish): Promise<Association> {
  const association = expectOk(await tryAssociation(wish));
  t.after(() => association.abort());
  return association;
}

/** A data set of texts. */
export function dataSetOf(values: Readonly<Record<string, string>>): DataSet {
  const elements = Object.entries(values).flatMap(([keyword, value]) => makeElement(keyword, [value]) ?? []);
  return new DataSet([]).with(...elements);
}

/** An instance of so many bytes, which come in pieces of `pieceBytes`. */
export function anInstance(sopInstance: string, bytes: Uint8Array, pieceBytes = bytes.length) {
  function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  }
  return { sopClass: ctStorage, sopInstance, transferSyntax: explicitLittleUid, dataSet: pieces() };
}
