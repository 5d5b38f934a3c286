/** WebSocket frames. Source: RFC 6455 §5. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Opcode, readFrames, writeFrame } from "./frames.ts";
import { handshakeAnswer, handshakeKey } from "./handshake.ts";

const max = 70_000;

/** A frame as a client writes it: masked. */
function fromClient(first: number, payload: Uint8Array, key = [1, 2, 3, 4]): Uint8Array {
  const frame = writeFrame("text", payload);
  const headBytes = frame.length - payload.length;
  const masked = payload.map((byte, index) => byte ^ (key[index & 3] ?? 0));
  frame[0] = first;
  frame[1] = (frame[1] ?? 0) | 0x80;
  return Buffer.concat([frame.subarray(0, headBytes), Buffer.from(key), masked]);
}

const hello = Buffer.from("Hello");

test("the masked text of the standard's own example is read", () => {
  const bytes = Buffer.from([0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]);
  const { frames, rest, fault } = readFrames(bytes, max);
  assert.deepEqual(
    frames.map(({ opcode, isLast, payload }) => [opcode, isLast, Buffer.from(payload).toString()]),
    [["text", true, "Hello"]],
  );
  assert.deepEqual([rest.length, fault], [0, undefined]);
});

for (const length of [0, 1, 125, 126, 65_535, 65_536, max]) {
  test(`a payload of ${length} bytes is read as it was written`, () => {
    const payload = Uint8Array.from({ length }, (_, index) => index % 251);
    const { frames, rest } = readFrames(fromClient(0x82, payload), max);
    assert.deepEqual([frames[0]?.opcode, frames.length, rest.length], ["binary", 1, 0]);
    assert.deepEqual(Buffer.from(frames[0]?.payload ?? []), Buffer.from(payload));
  });
}

test("a frame is read however its bytes are cut", () => {
  const bytes = Buffer.concat([fromClient(0x01, hello), fromClient(0x80, Buffer.alloc(200, "x"))]);
  for (let cut = 1; cut < bytes.length; cut += 1) {
    const first = readFrames(bytes.subarray(0, cut), max);
    const second = readFrames(Buffer.concat([first.rest, bytes.subarray(cut)]), max);
    const all = [...first.frames, ...second.frames].map(({ opcode, isLast, payload }) => [
      opcode,
      isLast,
      payload.length,
    ]);
    assert.deepEqual(all, [
      ["text", false, 5],
      ["continuation", true, 200],
    ]);
  }
});

const breaches: readonly (readonly [string, Uint8Array, number])[] = [
  ["a frame without a mask", writeFrame("text", hello), 1002],
  ["a bit of an extension that nobody agreed on", fromClient(0xc1, hello), 1002],
  ["an opcode that means nothing", fromClient(0x83, hello), 1002],
  ["a ping in pieces", fromClient(0x09, hello), 1002],
  ["a ping that is too long", fromClient(0x89, Buffer.alloc(126)), 1002],
  ["more than may be sent at once", fromClient(0x81, Buffer.alloc(max + 1)), 1009],
  ["a length that no memory has", Buffer.from([0x81, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0]), 1009],
];

for (const [what, bytes, fault] of breaches) {
  test(`${what} is fault ${fault}`, () => assert.equal(readFrames(bytes, max).fault, fault));
}

const written: readonly (readonly [Opcode, number, readonly number[]])[] = [
  ["text", 5, [0x81, 5]],
  ["text", 126, [0x81, 126, 0, 126]],
  ["text", 65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
  ["ping", 0, [0x89, 0]],
  ["close", 2, [0x88, 2]],
];

for (const [opcode, length, head] of written) {
  test(`a server's ${opcode} of ${length} bytes is not masked`, () => {
    const frame = writeFrame(opcode, new Uint8Array(length));
    assert.deepEqual([...frame.subarray(0, head.length)], head);
    assert.equal(frame.length, head.length + length);
  });
}

test("the standard's own example of a handshake is answered as it says", () => {
  const key = "dGhlIHNhbXBsZSBub25jZQ==";
  const asked = { upgrade: "WebSocket", "sec-websocket-version": "13", "sec-websocket-key": key };
  assert.equal(handshakeKey(asked), key);
  assert.match(handshakeAnswer(key), /Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r\n/);
  assert.equal(handshakeKey({ ...asked, "sec-websocket-version": "8" }), undefined);
  assert.equal(handshakeKey({ ...asked, "sec-websocket-key": "short" }), undefined);
});
