import { crc32, createDeflateRaw } from "node:zlib";
import type { Packer } from "#standards/zip";

/** Packs what leaves in an archive: level 1 is fast, 9 small. */
export function deflated(level: 1 | 6 | 9): Packer {
  return async function* pack(content, sums) {
    const packer = createDeflateRaw({ level });
    // Where nobody takes any more what is packed, the content is let go of too.
    const closed = new Promise((resolve) => packer.once("close", resolve));
    const feeding = (async () => {
      for await (const piece of content) {
        if (packer.destroyed) return;
        sums.crc = crc32(piece, sums.crc);
        sums.plainBytes += piece.length;
        if (!packer.write(piece)) await Promise.race([closed, new Promise((resolve) => packer.once("drain", resolve))]);
      }
      packer.end();
    })();
    feeding.catch((error: Error) => packer.destroy(error));
    for await (const piece of packer as AsyncIterable<Buffer>) {
      sums.packedBytes += piece.length;
      yield piece;
    }
    await feeding;
  };
}
