import { byPixel } from "#standards/pixels";
import type { Codec } from "./codec.ts";
import { decodeWith, encodeWith, silentModule, type WasmDecoder, type WasmEncoder } from "./emscripten.ts";

interface JpegLsDecoder extends WasmDecoder {
  /** 0: colour by plane, 1: by line, 2: by pixel. */
  getInterleaveMode(): number;
}

interface JpegLsEncoder extends WasmEncoder {
  setNearLossless(error: number): void;
  setInterleaveMode(mode: number): void;
}

interface Charls {
  readonly JpegLSDecoder: new () => JpegLsDecoder;
  readonly JpegLSEncoder: new () => JpegLsEncoder;
}

/** JPEG-LS. */
export async function openCharls(): Promise<Codec> {
  // @ts-expect-error The package has no types.
  const charls = await silentModule<Charls>(import("@cornerstonejs/codec-charls/wasmjs"));
  return {
    decode: (frame) =>
      decodeWith(new charls.JpegLSDecoder(), frame, (decoder, info, bytes) => {
        const { width, height, componentCount: samplesPerPixel, bitsPerSample: bits } = info;
        const isByPlane = samplesPerPixel > 1 && decoder.getInterleaveMode() === 0;
        const planes = { rows: height, columns: width, samplesPerPixel, bitsAllocated: bits > 8 ? 16 : 8 };
        const ordered = isByPlane ? byPixel(bytes, planes) : bytes;
        return { bytes: ordered, width, height, samplesPerPixel, bits, isSigned: false };
      }),
    encode: ({ bytes, bits }, { width, height, samplesPerPixel, isLossy, quality }) => {
      const info = { width, height, bitsPerSample: bits, componentCount: samplesPerPixel };
      return encodeWith(new charls.JpegLSEncoder(), { info, bytes }, (encoder) => {
        encoder.setNearLossless(isLossy ? quality.nearLosslessError : 0);
        encoder.setInterleaveMode(samplesPerPixel === 1 ? 0 : 2);
      });
    },
  };
}
