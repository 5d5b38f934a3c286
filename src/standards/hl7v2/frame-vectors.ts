/**
 * What may come over the wire, and what must be made of it. The bytes are written as people read them:
 * ␋ is SB (0B), ␜ is EB (1C), ␍ is CR (0D), ␊ is LF (0A); every other character is its Latin-1 byte.
 * The letters A to G are the framing matrix that each new MLLP implementation should be held against.
 */
export interface FrameVector {
  readonly title: string;
  /** What each read of the socket gives. */
  readonly packets: readonly string[];
  readonly frames: readonly string[];
  /** `code` of each problem, in order. None by default. */
  readonly problems?: readonly string[];
  /** What no frame holds, in order, as one string. Nothing by default. */
  readonly skipped?: string;
  /** Default 1,000. */
  readonly frameBytesMax?: number;
}

export const frameVectors: readonly FrameVector[] = [
  {
    title: "one frame in one packet",
    packets: ["␋MSH|1␍PID|1␍␜␍"],
    //         ␋                    SB, not part of the message
    //          MSH|1␍PID|1␍        two segments, each ended by CR: a CR alone ends nothing here
    //                      ␜␍      EB and CR, not part of the message
    frames: ["MSH|1␍PID|1␍"],
  },
  {
    title: "A: two frames in one packet",
    packets: ["␋MSH|A1␍␜␍␋MSH|A2␍␜␍"],
    frames: ["MSH|A1␍", "MSH|A2␍"],
  },
  {
    title: "B: EB and CR in separate packets, and the next frame behind the CR",
    packets: ["␋MSH|B1␍␜", "␍␋MSH|B2␍␜", "␍"],
    frames: ["MSH|B1␍", "MSH|B2␍"],
  },
  {
    title: "D: bytes above 7F are content like any other (the é of Latin-1 is E9)",
    packets: ["␋MSH|D|René␍␜␍"],
    frames: ["MSH|D|René␍"],
  },
  {
    title: "E: garbage, then a good frame",
    packets: ["GET / HTTP/1.1␍␊␍␊␋MSH|E␍␜␍"],
    //         14 bytes that count, 4 of CR and LF that do not
    frames: ["MSH|E␍"],
    problems: ["frame-garbage"],
    skipped: "GET / HTTP/1.1␍␊␍␊",
  },
  {
    title: "F: byte by byte",
    packets: [..."␋MSH|F␍␜␍"],
    frames: ["MSH|F␍"],
  },
  {
    title: "G: one and a half frames, then the other half",
    packets: ["␋MSH|G1␍␜␍␋MSH", "|G2␍␜␍"],
    frames: ["MSH|G1␍", "MSH|G2␍"],
  },
  {
    title: "line ends between frames are padding",
    packets: ["␋MSH|1␍␜␍␊␋MSH|2␍␜␍␍␊"],
    frames: ["MSH|1␍", "MSH|2␍"],
    skipped: "␊␍␊",
  },
  {
    title: "a frame without content is a frame",
    packets: ["␋␜␍"],
    frames: [""],
  },
  {
    title: "garbage between frames is reported once, however it was cut",
    packets: ["␋MSH|1␍␜␍lo", "st␋", "MSH|2␍␜␍"],
    frames: ["MSH|1␍", "MSH|2␍"],
    problems: ["frame-garbage"],
    skipped: "lost",
  },
  {
    title: "a message without SB is garbage, and the next frame is good",
    packets: ["MSH|1␍␜␍␋MSH|2␍␜␍"],
    frames: ["MSH|2␍"],
    problems: ["frame-garbage"],
    skipped: "MSH|1␍␜␍",
  },
  {
    title: "EB without CR before the next SB ends the frame",
    packets: ["␋MSH|1␍␜␋MSH|2␍␜␍"],
    frames: ["MSH|1␍", "MSH|2␍"],
    problems: ["frame-end-incomplete"],
  },
  {
    title: "EB and LF, from a sender that writes lines, ends the frame",
    packets: ["␋MSH|1␊␜␊␋MSH|2␊␜␊"],
    frames: ["MSH|1␊", "MSH|2␊"],
    problems: ["frame-end-incomplete", "frame-end-incomplete"],
    skipped: "␊␊",
  },
  {
    title: "EB without CR inside a text is content",
    packets: ["␋MSH|1␍OBX|two␜pages␜␜␍"],
    //                       ␜            followed by p: content
    //                             ␜      followed by EB: content
    //                              ␜␍    the end of the frame
    frames: ["MSH|1␍OBX|two␜pages␜"],
    problems: ["frame-end-in-content"],
  },
  {
    title: "a sender that breaks off and starts again loses the first half only",
    packets: ["␋MSH|1␍PID|1", "␋MSH|2␍␜␍"],
    frames: ["MSH|2␍"],
    problems: ["frame-truncated"],
    skipped: "MSH|1␍PID|1",
  },
  {
    title: "SB twice is a frame broken off at once",
    packets: ["␋␋MSH|1␍␜␍"],
    frames: ["MSH|1␍"],
    problems: ["frame-truncated"],
  },
  {
    title: "a vertical tab in a text is content, not a new frame",
    packets: ["␋MSH|1␍OBX|Dear␋Doctor␍␜␍"],
    frames: ["MSH|1␍OBX|Dear␋Doctor␍"],
  },
  {
    title: "a frame of the largest size is taken",
    packets: ["␋MSH|56789A␜␍"],
    frames: ["MSH|56789A"],
    frameBytesMax: 10,
  },
  {
    title: "a larger frame is skipped to its end, and the next one is good",
    packets: ["␋MSH|5678", "9AB", "CDEF␜␍␋MSH|2␜␍"],
    frames: ["MSH|2"],
    problems: ["frame-too-large"],
    skipped: "MSH|56789ABCDEF",
    frameBytesMax: 10,
  },
];

const pictures: Readonly<Record<string, number>> = { "␋": 0x0b, "␜": 0x1c, "␍": 0x0d, "␊": 0x0a };

export function toWire(picture: string): Uint8Array {
  return Uint8Array.from(picture, (character) => pictures[character] ?? character.charCodeAt(0));
}

export function fromWire(bytes: Uint8Array): string {
  const names = new Map(Object.entries(pictures).map(([picture, byte]) => [byte, picture]));
  return Array.from(bytes, (byte) => names.get(byte) ?? String.fromCharCode(byte)).join("");
}
