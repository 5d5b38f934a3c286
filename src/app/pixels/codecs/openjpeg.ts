import type { Codec } from "./codec.ts";
import { decodeWith, encodeWith, samplesOf, silentModule, type WasmDecoder, type WasmEncoder } from "./emscripten.ts";

interface Jpeg2000Encoder extends WasmEncoder {
  setQuality(isLossless: boolean, quality: number): void;
  setDecompositions(count: number): void;
  setCompressionRatio(layer: number, ratio: number): void;
}

interface OpenJpeg {
  readonly J2KDecoder: new () => WasmDecoder;
  readonly J2KEncoder: new () => Jpeg2000Encoder;
}

/** JPEG 2000. */
export async function openOpenJpeg(): Promise<Codec> {
  // @ts-expect-error The package has no types.
  const openJpeg = await silentModule<OpenJpeg>(import("@cornerstonejs/codec-openjpeg/wasmjs"));
  return {
    decode: (frame) => decodeWith(new openJpeg.J2KDecoder(), frame, (_, info, bytes) => samplesOf(info, bytes)),
    encode: ({ bytes, bits, isSigned }, { width, height, samplesPerPixel, isTransformed, isLossy, quality }) => {
      const shape = { width, height, bitsPerSample: bits, componentCount: samplesPerPixel, isSigned };
      const info = { ...shape, isUsingColorTransform: isTransformed };
      return encodeWith(new openJpeg.J2KEncoder(), { info, bytes }, (encoder) => {
        encoder.setDecompositions(decompositions(width, height));
        encoder.setQuality(!isLossy, isLossy ? 1 : 0);
        if (isLossy) encoder.setCompressionRatio(0, quality.ratio);
      });
    },
  };
}

/** Halvings of the picture: five, and fewer where nothing would be left of it. */
export function decompositions(width: number, height: number): number {
  return Math.max(0, Math.min(5, Math.floor(Math.log2(Math.min(width, height)))));
}
