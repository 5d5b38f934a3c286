import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { limits } from "#kernel";
import { type MultipartEvent, MultipartReader } from "./multipart-reader.ts";
import { multipartWriter } from "./multipart-writer.ts";

// RFC 2046 §5.1 (multipart), RFC 2387 (related).

interface Part {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const boundary = "b-1";

function written(parts: readonly Part[]): Uint8Array {
  const writer = multipartWriter(boundary, "application/dicom");
  const pieces = parts.flatMap(({ type, bytes }) => [writer.head({ "Content-Type": type }), bytes]);
  return Buffer.concat([...pieces, writer.end]);
}

/** Read in pieces that end at these places. */
function read(
  body: Uint8Array,
  cuts: readonly number[] = [],
): { readonly parts: readonly Part[]; readonly problem?: string } {
  const reader = new MultipartReader(boundary);
  const places = [0, ...cuts.map((cut) => cut % (body.length + 1)).sort((one, other) => one - other), body.length];
  const events: MultipartEvent[] = [];
  // What is pushed may be changed once it was taken.
  for (const [index, from] of places.slice(0, -1).entries()) {
    const piece = Buffer.from(body.subarray(from, places[index + 1]));
    for (const event of reader.push(piece))
      events.push(event.is === "bytes" ? { is: "bytes", bytes: new Uint8Array(event.bytes) } : event);
    piece.fill(0);
  }
  events.push(...reader.end());
  const parts: { type: string; bytes: Uint8Array }[] = [];
  for (const event of events) {
    if (event.is === "part") parts.push({ type: event.headers.get("content-type") ?? "", bytes: new Uint8Array(0) });
    const last = parts.at(-1);
    if (event.is === "bytes" && last !== undefined) last.bytes = Uint8Array.from([...last.bytes, ...event.bytes]);
    if (event.is === "problem") return { parts, problem: event.problem.code };
  }
  return { parts };
}

const content = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc.constantFrom("\r\n--b-", "\r\n--b-\r\n--b-", "\r\n", "--b-1", "\r").map((text) => new TextEncoder().encode(text)),
);

test("what was written is read again, wherever the pieces are cut", () => {
  fc.assert(
    fc.property(fc.array(content, { maxLength: 5 }), fc.array(fc.nat(400), { maxLength: 8 }), (contents, cuts) => {
      const parts = contents.map((bytes, index) => ({ type: `application/x-${index}`, bytes: Uint8Array.from(bytes) }));
      assert.deepEqual(read(written(parts), cuts), { parts });
    }),
    { numRuns: 500 },
  );
});

test("what stands before the first boundary is passed over, and white space behind a boundary does not matter", () => {
  const text = "hello\r\n--b-1 \t\r\ncontent-TYPE:a/b;\r\n x=1\r\n\r\nX\r\n--b-1--\r\nbye";
  assert.deepEqual(read(new TextEncoder().encode(text)), { parts: [{ type: "a/b; x=1", bytes: Uint8Array.of(0x58) }] });
});

test("a body that ends before its closing boundary is told", () => {
  const body = written([{ type: "a/b", bytes: Uint8Array.of(1) }]);
  assert.equal(read(body.subarray(0, -6)).problem, "multipart-cut-short");
  assert.equal(read(new Uint8Array(0)).problem, "multipart-cut-short");
});

test("headers beyond the bound, and text behind a boundary, end the reading", () => {
  const text = (body: string) => read(new TextEncoder().encode(body)).problem;
  assert.equal(text(`--b-1\r\nx: ${"y".repeat(limits.multipartHeaderBytesMax)}`), "multipart-headers-too-long");
  assert.equal(text("--b-1 nonsense\r\n\r\n"), "multipart-invalid");
});

test("content passes as it comes: no more of it is held than a boundary is long", () => {
  const reader = new MultipartReader(boundary);
  reader.push(new TextEncoder().encode("--b-1\r\n\r\n"));
  let passed = 0;
  for (let round = 0; round < 100; round += 1) {
    for (const event of reader.push(new Uint8Array(1_000))) passed += event.is === "bytes" ? event.bytes.length : 0;
    assert.ok((round + 1) * 1_000 - passed < 10);
  }
});
