/** WebSocket frames, as a server reads and writes them. Source: RFC 6455 §5. */

export type Opcode = "continuation" | "text" | "binary" | "close" | "ping" | "pong";

/** Source: RFC 6455 §5.2. */
const opcodes: Readonly<Record<number, Opcode>> = {
  0: "continuation",
  1: "text",
  2: "binary",
  8: "close",
  9: "ping",
  10: "pong",
};

const numbers: Readonly<Record<Opcode, number>> = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 };

export interface Frame {
  readonly opcode: Opcode;
  readonly isLast: boolean;
  readonly payload: Uint8Array;
}

/** Source: RFC 6455 §7.4.1: 1002 a breach of the protocol, 1009 too large. */
export type FrameFault = 1002 | 1009;

export interface FrameStep {
  readonly frames: readonly Frame[];
  /** Bytes of a frame that is not complete. */
  readonly rest: Uint8Array;
  /** What is behind it was not read. */
  readonly fault?: FrameFault;
}

/** The whole frames at the beginning of the bytes of a client, unmasked. */
export function readFrames(bytes: Uint8Array, payloadBytesMax: number): FrameStep {
  const frames: Frame[] = [];
  let at = 0;
  for (;;) {
    const head = readHead(bytes, at);
    if (head === undefined) return { frames, rest: bytes.subarray(at) };
    if (typeof head === "number") return { frames, rest: bytes.subarray(at), fault: head };
    if (head.length > payloadBytesMax) return { frames, rest: bytes.subarray(at), fault: 1009 };
    const end = head.start + head.length;
    if (end > bytes.length) return { frames, rest: bytes.subarray(at) };
    const payload = unmasked(bytes.subarray(head.start, end), bytes.subarray(head.start - 4, head.start));
    frames.push({ opcode: head.opcode, isLast: head.isLast, payload });
    at = end;
  }
}

interface Head {
  readonly opcode: Opcode;
  readonly isLast: boolean;
  readonly length: number;
  /** Where the payload starts, behind the key of the mask. */
  readonly start: number;
}

/** Undefined while it is not complete. */
function readHead(bytes: Uint8Array, at: number): Head | FrameFault | undefined {
  const [first, second] = [bytes[at], bytes[at + 1]];
  if (first === undefined || second === undefined) return undefined;
  const opcode = opcodes[first & 0x0f];
  const isLast = (first & 0x80) !== 0;
  const isMasked = (second & 0x80) !== 0;
  // No extension was agreed on, so its bits are zero; and every client masks.
  if (opcode === undefined || (first & 0x70) !== 0 || !isMasked) return 1002;
  const short = second & 0x7f;
  const isControl = (first & 0x08) !== 0;
  if (isControl && (!isLast || short > 125)) return 1002;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const start = at + 2 + lengthBytes + 4;
  if (start > bytes.length) return undefined;
  let length = lengthBytes === 0 ? short : 0;
  for (let index = 0; index < lengthBytes; index += 1) length = length * 256 + (bytes[at + 2 + index] ?? 0);
  return { opcode, isLast, length, start };
}

function unmasked(payload: Uint8Array, key: Uint8Array): Uint8Array {
  return payload.map((byte, index) => byte ^ (key[index & 3] ?? 0));
}

/** A frame of the server, which does not mask. */
export function writeFrame(opcode: Opcode, payload: Uint8Array): Uint8Array {
  const { length } = payload;
  const lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = new Uint8Array(2 + lengthBytes + length);
  frame[0] = 0x80 | numbers[opcode];
  frame[1] = lengthBytes === 0 ? length : lengthBytes === 2 ? 126 : 127;
  for (let index = 0, left = length; index < lengthBytes; index += 1) {
    frame[1 + lengthBytes - index] = left % 256;
    left = Math.floor(left / 256);
  }
  frame.set(payload, 2 + lengthBytes);
  return frame;
}
