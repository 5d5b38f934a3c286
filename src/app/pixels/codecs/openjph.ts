import type { Codec } from "./codec.ts";
import { decodeWith, encodeWith, samplesOf, silentModule, type WasmDecoder, type WasmEncoder } from "./emscripten.ts";
import { decompositions } from "./openjpeg.ts";

interface HtJpeg2000Encoder extends WasmEncoder {
  setQuality(isLossless: boolean, step: number): void;
  setDecompositions(count: number): void;
  setProgressionOrder(order: number): void;
  setTLMMarker(isWritten: boolean): void;
}

interface OpenJph {
  readonly HTJ2KDecoder: new () => WasmDecoder;
  readonly HTJ2KEncoder: new () => HtJpeg2000Encoder;
}

/** Layers, then resolutions; and resolutions first. Source: ISO/IEC 15444-1 Table A.16. */
const progressions = { lrcp: 0, rpcl: 2 } as const;

/** HTJ2K. */
export async function openOpenJph(): Promise<Codec> {
  // @ts-expect-error The package has no types.
  const openJph = await silentModule<OpenJph>(import("@cornerstonejs/codec-openjph/wasmjs"));
  return {
    decode: (frame) => decodeWith(new openJph.HTJ2KDecoder(), frame, (_, info, bytes) => samplesOf(info, bytes)),
    encode: ({ bytes, bits, isSigned }, wish) => {
      const { width, height, samplesPerPixel, isTransformed, isLossy, quality, byResolution } = wish;
      const shape = { width, height, bitsPerSample: bits, componentCount: samplesPerPixel, isSigned };
      const info = { ...shape, isUsingColorTransform: isTransformed };
      return encodeWith(new openJph.HTJ2KEncoder(), { info, bytes }, (encoder) => {
        encoder.setDecompositions(decompositions(width, height));
        // There is no ratio in HTJ2K: the step of quantisation is what is lost.
        encoder.setQuality(!isLossy, isLossy ? quality.ratio / 5_000 : 0);
        encoder.setProgressionOrder(byResolution ? progressions.rpcl : progressions.lrcp);
        encoder.setTLMMarker(byResolution);
      });
    },
  };
}
