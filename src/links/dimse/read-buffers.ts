import { Socket } from "node:net";

/** A stretch of memory that a connection is read into, again and again. */
interface Slab {
  readonly bytes: Uint8Array;
  used: number;
  /** Views of it that somebody still needs. */
  views: number;
}

/** Below so much room a read would be too small to be worth it. */
const roomBytesMin = 64 * 1024;

/** Slabs that wait to be used again, of all connections. */
const spare: Slab[] = [];

export interface ReadBufferSizes {
  readonly dimseReadBytes: number;
  readonly dimseSpareReadBuffersMax: number;
}

/**
 * The memory of one connection. Images are many bytes, and a new stretch of memory for each read of them would keep the collector
 * of garbage busier than everything else; so what was looked at is read over.
 */
export class ReadBuffers {
  readonly #sizes: ReadBufferSizes;
  readonly #slabs = new Map<ArrayBufferLike, Slab>();
  #current: Slab;

  constructor(sizes: ReadBufferSizes) {
    this.#sizes = sizes;
    this.#current = this.#added();
  }

  /** Where the next read goes. */
  room(): Uint8Array {
    if (this.#current.views === 0) this.#current.used = 0;
    else if (this.#current.bytes.length - this.#current.used < roomBytesMin) this.#current = this.#added();
    return this.#current.bytes.subarray(this.#current.used);
  }

  /** A view of what was read into `room`; valid until the next read, unless it is kept. */
  came(count: number): Uint8Array {
    const { bytes, used } = this.#current;
    this.#current.used += count;
    return bytes.subarray(used, used + count);
  }

  /** Each `keep` of a view, or of a part of one, ends with a `free`. */
  keep(view: Uint8Array): void {
    const slab = this.#slabs.get(view.buffer);
    if (slab !== undefined) slab.views += 1;
  }

  free(view: Uint8Array): void {
    const slab = this.#slabs.get(view.buffer);
    if (slab === undefined) return;
    slab.views -= 1;
    if (slab.views === 0 && slab !== this.#current) this.#spare(slab);
  }

  /** Nothing is read any more. */
  close(): void {
    if (this.#current.views === 0) this.#spare(this.#current);
  }

  #added(): Slab {
    const slab = spare.pop() ?? { bytes: new Uint8Array(this.#sizes.dimseReadBytes), used: 0, views: 0 };
    slab.used = 0;
    this.#slabs.set(slab.bytes.buffer, slab);
    return slab;
  }

  #spare(slab: Slab): void {
    this.#slabs.delete(slab.bytes.buffer);
    if (spare.length < this.#sizes.dimseSpareReadBuffersMax) spare.push(slab);
  }
}

/** What a socket is made of inside; only with it can one that was accepted be read into memory of our own. */
interface Inside {
  _handle: unknown;
  _server: unknown;
  server: unknown;
}

/**
 * The same connection, read into these buffers: `came` is given each view, and `data` is never emitted. Call it in the turn in
 * which the connection was accepted. Undefined where this Node gives no hold of it: it is then read as usual.
 */
export function readInto(
  accepted: Socket,
  buffers: ReadBuffers,
  came: (bytes: Uint8Array) => void,
): Socket | undefined {
  const inside = accepted as unknown as Inside;
  const handle = inside._handle;
  if (typeof handle !== "object" || handle === null || accepted.constructor !== Socket) return undefined;
  const onread = {
    buffer: () => buffers.room(),
    callback: (count: number) => {
      came(buffers.came(count));
      return true;
    },
  };
  const own = new Socket({ handle, onread } as never);
  Object.assign(own as unknown as Inside, { _server: inside._server, server: inside.server });
  inside._handle = null;
  inside._server = null;
  return own;
}
