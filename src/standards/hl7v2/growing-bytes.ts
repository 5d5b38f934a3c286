/**
 * Bytes that grow at the end, as a value: appending gives a new one and leaves the old one as it was.
 * A thousand small pieces cost as much as one large piece, because room is doubled when it runs out.
 */
export interface GrowingBytes {
  readonly length: number;
  readonly room: Room;
}

/**
 * Several values share one room. Only the value that reaches to `used` may write behind it, so nothing that an
 * older value can see is ever overwritten.
 */
interface Room {
  readonly bytes: Uint8Array;
  used: number;
}

export const noBytes: GrowingBytes = { length: 0, room: { bytes: new Uint8Array(0), used: 0 } };

export function append(grown: GrowingBytes, more: Uint8Array): GrowingBytes {
  if (more.length === 0) return grown;
  const length = grown.length + more.length;
  const mayWrite = grown.room.used === grown.length && length <= grown.room.bytes.length;
  const room = mayWrite ? grown.room : largerRoom(grown, length);
  room.bytes.set(more, grown.length);
  room.used = length;
  return { length, room };
}

/** The bytes, never written to again. */
export function toBytes(grown: GrowingBytes): Uint8Array {
  const { bytes } = grown.room;
  return grown.length === bytes.length ? bytes : bytes.slice(0, grown.length);
}

function largerRoom(grown: GrowingBytes, length: number): Room {
  const bytes = new Uint8Array(grown.length === 0 ? length : Math.max(length, 2 * grown.length));
  bytes.set(grown.room.bytes.subarray(0, grown.length));
  return { bytes, used: grown.length };
}
