/** Values of objects by their address. Source: PS3.18 §10.4.1.1.5. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Context } from "#access";
import type { StoredInstance } from "#imaging";
import { countingIds, expectOk, ok, type StoredRange } from "#kernel";
import { explicitBig, ownFile, type TransferSyntax, transferSyntaxOf, writePart10 } from "#standards/dicom";
import { aDataSet, aSlice } from "../../../../../test/builders/dicom.ts";
import { aRequest } from "../../../../../test/builders/request.ts";
import { bulkData } from "./bulk-data.ts";
import type { DicomwebNeeds } from "./dicomweb-needs.ts";

const little = transferSyntaxOf("1.2.840.10008.1.2.1");
const pixels = Uint8Array.from({ length: 32 }, (_, index) => index);
const places = { study: "1.2.3.4.5", series: "1.2.3.4.5.0", instance: "1.2.3.4.5.1" };

/** The slice in an archive of it alone, which counts the files that are open. */
function anArchive(syntax: TransferSyntax) {
  const bytes = writePart10(ownFile(aDataSet(aSlice), syntax));
  assert.ok(bytes);
  const object = {
    ...{ blob: "00", edits: [], frames: 1, transferSyntax: syntax.uid },
    ...{ sizeBytes: bytes.length, pixelsAt: bytes.length - pixels.length - 12 },
  };
  const archive = { open: 0 };
  const images = {
    instances: async () => ok({ instances: [object as unknown as StoredInstance] }),
    open: async () => {
      archive.open += 1;
      return ok({
        sizeBytes: bytes.length,
        read: async (from: number, length: number) => bytes.slice(from, from + length),
        close: async () => {
          archive.open -= 1;
        },
      });
    },
  };
  const context = { images, ids: countingIds("a") } as unknown as Context;
  const ask = async (tag: string, headers: Readonly<Record<string, string>> = {}) =>
    expectOk(await bulkData({} as DicomwebNeeds, aRequest({ params: { ...places, tag }, headers }), context));
  return { archive, ask };
}

async function bytesOf(pieces: AsyncIterable<Uint8Array | StoredRange> | undefined): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces ?? []) {
    if (piece instanceof Uint8Array) all.push(piece);
    else {
      const into = new Uint8Array(piece.lengthBytes);
      await piece.readInto(into, piece.fromByte);
      all.push(into);
    }
  }
  return new Uint8Array(Buffer.concat(all));
}

const multipart = { accept: 'multipart/related; type="application/octet-stream"' };

test("a file is closed behind what is sent of it, whole, in parts, or broken off before its first byte", async () => {
  const { archive, ask } = anArchive(little);
  for (const [tag, headers] of [
    ["7FE00010", {}],
    ["00100010", {}],
    ["7FE00010", multipart],
    ["00100010", multipart],
  ] as const) {
    await bytesOf((await ask(tag, headers)).pieces);
    assert.equal(archive.open, 0, tag);
    // HEAD takes the first piece and no more.
    const sent = (await ask(tag, headers)).pieces?.[Symbol.asyncIterator]();
    await sent?.next();
    await sent?.return?.();
    assert.equal(archive.open, 0, tag);
  }
});

test("pixels that are kept big endian are given little endian, also a range that cuts a sample", async () => {
  const { archive, ask } = anArchive(explicitBig);
  assert.deepEqual(await bytesOf((await ask("7FE00010")).pieces), pixels);
  assert.deepEqual(await bytesOf((await ask("7FE00010", { range: "bytes=3-8" })).pieces), pixels.slice(3, 9));
  assert.equal(archive.open, 0);
});
