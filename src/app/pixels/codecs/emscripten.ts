import type { CodecSamples } from "#standards/pixels";

/** What the WebAssembly codecs of Cornerstone have in common. */
export interface FrameInfo {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
  readonly isSigned?: boolean;
  readonly isUsingColorTransform?: boolean;
}

/** Buffers are views of the codec's memory: they are gone when it grows, and are copied at once. */
export interface WasmDecoder {
  getEncodedBuffer(lengthBytes: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  getFrameInfo(): FrameInfo;
  delete(): void;
}

export interface WasmEncoder {
  getDecodedBuffer(info: FrameInfo): Uint8Array;
  getEncodedBuffer(): Uint8Array;
  encode(): void;
  delete(): void;
}

type Factory<Module> = (options: { print(): void; printErr(): void }) => Promise<Module>;

/** Makes a module that prints nothing. It adds to the options given, so that each needs its own. */
export async function silentModule<Module>(imported: Promise<unknown>): Promise<Module> {
  const { default: make } = (await imported) as { readonly default: Factory<Module> };
  return make({ print() {}, printErr() {} });
}

/** The decoder's samples in memory of their own. The decoder is given back, also when it throws. */
export function decodeWith<Decoder extends WasmDecoder, Made>(
  decoder: Decoder,
  frame: Uint8Array,
  take: (decoder: Decoder, info: FrameInfo, bytes: Uint8Array) => Made,
): Made {
  try {
    decoder.getEncodedBuffer(frame.length).set(frame);
    decoder.decode();
    return take(decoder, decoder.getFrameInfo(), copied(decoder.getDecodedBuffer()));
  } finally {
    decoder.delete();
  }
}

/** Samples as the decoder says that they are. */
export function samplesOf(info: FrameInfo, bytes: Uint8Array): CodecSamples {
  const { width, height, componentCount: samplesPerPixel, bitsPerSample: bits } = info;
  return { bytes, width, height, samplesPerPixel, bits, isSigned: info.isSigned === true };
}

/** Some modules give clamped arrays, which are no `Uint8Array` for anybody else. */
function copied({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength).slice();
}

export interface Encoding {
  readonly info: FrameInfo;
  readonly bytes: Uint8Array;
}

export function encodeWith<Encoder extends WasmEncoder>(
  encoder: Encoder,
  { info, bytes }: Encoding,
  set: (encoder: Encoder) => void,
): Uint8Array {
  try {
    encoder.getDecodedBuffer(info).set(bytes);
    set(encoder);
    encoder.encode();
    return copied(encoder.getEncodedBuffer());
  } finally {
    encoder.delete();
  }
}
