import { incorrect, limits, type Problem } from "#kernel";
import { joined } from "#standards/dicom";
import { Delimiter } from "./delimiter.ts";

export type MultipartEvent =
  /** A part begins; names of headers in lower case. */
  | { readonly is: "part"; readonly headers: ReadonlyMap<string, string> }
  /** Content of the part, a view of what was pushed. */
  | { readonly is: "bytes"; readonly bytes: Uint8Array }
  | { readonly is: "part-end" }
  /** Nothing comes behind it. */
  | { readonly is: "problem"; readonly problem: Problem };

type State = "preamble" | "after-delimiter" | "headers" | "content" | "over";

const latin = new TextDecoder("latin1");

/**
 * Takes a multipart body apart as it comes, in whatever pieces; no part is held. Problems: `multipart-cut-short`,
 * `multipart-headers-too-long`, `multipart-too-many-parts`, `multipart-invalid`.
 * Source: PS3.18 §8.6.1.2; RFC 2046 §5.1.
 */
export class MultipartReader {
  readonly #delimiter: Delimiter;
  #state: State = "preamble";
  /** Bytes that mean something only together with what follows. */
  #rest: Uint8Array = Uint8Array.of(0x0d, 0x0a);
  #parts = 0;

  constructor(boundary: string) {
    this.#delimiter = new Delimiter(`\r\n--${boundary}`);
  }

  push(chunk: Uint8Array): readonly MultipartEvent[] {
    const events: MultipartEvent[] = [];
    let bytes = this.#continued(chunk, events);
    while (bytes.length > 0 && this.#state !== "over") {
      const left = this.#step(bytes, events);
      if (left === undefined) {
        this.#rest = copied(bytes);
        break;
      }
      bytes = left;
    }
    return events;
  }

  /** What is left of before together with the chunk; content is not copied unless a delimiter lies across both. */
  #continued(chunk: Uint8Array, events: MultipartEvent[]): Uint8Array {
    const rest = this.#rest;
    this.#rest = new Uint8Array(0);
    if (rest.length === 0) return chunk;
    const isContent = this.#state === "content" || this.#state === "preamble";
    if (!isContent || chunk.length < this.#delimiter.length) return joined([rest, chunk]);
    const seam = joined([rest, chunk.subarray(0, this.#delimiter.length - 1)]);
    if (this.#delimiter.find(seam) !== -1) return joined([rest, chunk]);
    if (this.#state === "content") events.push({ is: "bytes", bytes: rest });
    return chunk;
  }

  /** To be called when the body has ended. */
  end(): readonly MultipartEvent[] {
    if (this.#state === "over") return [];
    this.#state = "over";
    const message = "The multipart body has no end: its closing boundary is not there.";
    return [{ is: "problem", problem: incorrect("multipart-cut-short", message) }];
  }

  /** What is left behind one thing that was understood; undefined where more bytes are needed. */
  #step(bytes: Uint8Array, events: MultipartEvent[]): Uint8Array | undefined {
    switch (this.#state) {
      case "preamble":
      case "content":
        return this.#content(bytes, events);
      case "after-delimiter":
        return this.#afterDelimiter(bytes, events);
      case "headers":
        return this.#headers(bytes, events);
      case "over":
        return new Uint8Array(0);
    }
  }

  #content(bytes: Uint8Array, events: MultipartEvent[]): Uint8Array | undefined {
    const at = this.#delimiter.find(bytes);
    const isPart = this.#state === "content";
    // The end of what is there may be the beginning of a delimiter.
    const end = at === -1 ? Math.max(0, bytes.length - this.#delimiter.length + 1) : at;
    if (isPart && end > 0) events.push({ is: "bytes", bytes: bytes.subarray(0, end) });
    if (at === -1) {
      this.#rest = copied(bytes.subarray(end));
      return new Uint8Array(0);
    }
    if (isPart) events.push({ is: "part-end" });
    this.#state = "after-delimiter";
    return bytes.subarray(at + this.#delimiter.length);
  }

  #afterDelimiter(bytes: Uint8Array, events: MultipartEvent[]): Uint8Array | undefined {
    let at = 0;
    while (bytes[at] === 0x20 || bytes[at] === 0x09) at += 1;
    if (at + 2 > bytes.length) return at > 1_000 ? this.#stop("multipart-invalid", events) : undefined;
    if (bytes[at] === 0x2d && bytes[at + 1] === 0x2d) {
      this.#state = "over";
      return new Uint8Array(0);
    }
    if (bytes[at] !== 0x0d || bytes[at + 1] !== 0x0a) return this.#stop("multipart-invalid", events);
    this.#state = "headers";
    // The line end stays: headers may be none, and the empty line be right behind it.
    return bytes.subarray(at);
  }

  #headers(bytes: Uint8Array, events: MultipartEvent[]): Uint8Array | undefined {
    const end = emptyLineAt(bytes);
    if (end === -1) {
      return bytes.length > limits.multipartHeaderBytesMax
        ? this.#stop("multipart-headers-too-long", events)
        : undefined;
    }
    if (end > limits.multipartHeaderBytesMax) return this.#stop("multipart-headers-too-long", events);
    this.#parts += 1;
    if (this.#parts > limits.multipartPartsMax) return this.#stop("multipart-too-many-parts", events);
    events.push({ is: "part", headers: headersOf(latin.decode(bytes.subarray(0, end))) });
    this.#state = "content";
    return bytes.subarray(end + 4);
  }

  #stop(code: keyof typeof messages, events: MultipartEvent[]): Uint8Array {
    this.#state = "over";
    events.push({ is: "problem", problem: incorrect(code, messages[code]) });
    return new Uint8Array(0);
  }
}

const messages = {
  "multipart-invalid": "Something other than a line end stands behind a boundary.",
  "multipart-headers-too-long": `The headers of a part have more than ${limits.multipartHeaderBytesMax} bytes.`,
  "multipart-too-many-parts": `There are more than ${limits.multipartPartsMax} parts.`,
} as const;

function emptyLineAt(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(0x0d); at !== -1 && at + 4 <= bytes.length; at = bytes.indexOf(0x0d, at + 1)) {
    if (bytes[at + 1] === 0x0a && bytes[at + 2] === 0x0d && bytes[at + 3] === 0x0a) return at;
  }
  return -1;
}

function headersOf(text: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.replaceAll(/\r\n[ \t]+/g, " ").split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}

/** `slice` of a Buffer would be a view. */
function copied(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
