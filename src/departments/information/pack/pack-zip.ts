import { limits } from "#kernel";
import { deflated } from "#record";
import { ZipArchive } from "#standards/zip";

/** One file of an archive; its content is asked for when it is its turn. */
export interface ZipFile {
  /** With slashes: `documents/letter.pdf`. */
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array>;
}

const packer = deflated(6);

/**
 * The archive of a pack as it comes to be, its files dated `at`, in local time: one that any reader opens, as a pack is smaller
 * than 4 GiB. Throws past `limits.packBytesMax`.
 */
export async function* zipOf(files: AsyncIterable<ZipFile>, at: string): AsyncGenerator<Uint8Array> {
  const archive = new ZipArchive({ at, isWide: false, packer });
  for await (const { name, content } of files) {
    for await (const bytes of archive.add(name, content)) {
      if (archive.sizeBytes > limits.packBytesMax) throw new RangeError("The archive is larger than it may be.");
      yield bytes;
    }
  }
  yield* archive.end();
}
