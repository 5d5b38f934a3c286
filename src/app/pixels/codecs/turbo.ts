import type { Decoder } from "./codec.ts";
import { decodeWith, silentModule, type WasmDecoder } from "./emscripten.ts";

interface Turbo {
  readonly JPEGDecoder: new () => WasmDecoder;
}

/** JPEG of 8 bits with loss, read alone: its writer breaks on the smallest pictures. Colours come out as red, green and blue, unless the frame says that they are none. */
export async function openTurbo(): Promise<Decoder> {
  // @ts-expect-error The package has no types.
  const turbo = await silentModule<Turbo>(import("@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs"));
  return {
    decode: (frame) =>
      decodeWith(new turbo.JPEGDecoder(), frame, (_, info, bytes) => ({
        bytes,
        width: info.width,
        height: info.height,
        samplesPerPixel: info.componentCount,
        bits: 8,
        isSigned: false,
      })),
  };
}

/** Adobe's marker that says: the components are as they are. Source: ISO/IEC 10918-6 §6.5.3. */
const noTransform = Uint8Array.of(0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 0);

/** The frame with that marker behind its beginning, for frames that do not say and are red, green and blue. */
export function withoutTransform(frame: Uint8Array): Uint8Array {
  const marked = new Uint8Array(frame.length + noTransform.length);
  marked.set(frame.subarray(0, 2));
  marked.set(noTransform, 2);
  marked.set(frame.subarray(2), 2 + noTransform.length);
  return marked;
}
