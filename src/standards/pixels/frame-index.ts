/** Where the frames of an object are in its file. Plain data, small enough to be kept: twelve bytes a fragment at most. */
export type FrameIndex = NativeFrames | TabledFrames | FragmentFrames;

/** One after another, without a gap even between bits. */
export interface NativeFrames {
  readonly is: "native";
  readonly frames: number;
  readonly valueAt: number;
  readonly lengthBytes: number;
  readonly frameBits: number;
  /** Samples of a byte in words of two whose bytes changed places. Source: PS3.5 §7.3. */
  readonly isWordSwapped: boolean;
}

/** Where each frame's first item begins, as a table in the file says. What follows it is read with the frame. */
export interface TabledFrames {
  readonly is: "tabled";
  readonly frames: number;
  readonly itemAt: Float64Array;
}

/** Every fragment, found by the headers of the items. */
export interface FragmentFrames {
  readonly is: "fragments";
  readonly frames: number;
  /** Of the content of each fragment. */
  readonly at: Float64Array;
  readonly lengthBytes: Uint32Array;
  /** The first fragment of each frame, and behind the last frame the count of fragments. */
  readonly firstFragment: Uint32Array;
}

/** Bytes of a file; fewer only at its end. */
export type ReadRange = (fromByte: number, lengthBytes: number) => Promise<Uint8Array>;
