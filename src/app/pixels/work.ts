import { failed } from "#kernel";
import { pictureOf } from "#standards/pixels";
import type { CodecShelf } from "./codecs/codec-shelf.ts";
import { decodeFrame } from "./decode-frame.ts";
import { transcodeFrame } from "./encode-frame.ts";
import { renderPicture } from "./render-picture.ts";
import { type PixelAnswer, type PixelTask, withPlainCause } from "./task.ts";

/** Does one task. What a library throws becomes a problem; what it crashes takes the thread with it. */
export async function workOn(shelf: CodecShelf, task: PixelTask): Promise<PixelAnswer> {
  const answer = await done(shelf, task);
  if (answer.ok) return answer;
  const [first, ...more] = answer.problems;
  return failed(withPlainCause(first), ...more.map(withPlainCause));
}

async function done(shelf: CodecShelf, task: PixelTask): Promise<PixelAnswer> {
  switch (task.is) {
    case "decode":
      return decodeFrame(shelf, task.frame, task.layout);
    case "transcode":
      return transcodeFrame(shelf, task.frame, task.plan);
    case "render": {
      const decoded = await decodeFrame(shelf, task.frame, task.image.layout);
      if (!decoded.ok) return decoded;
      const picture = pictureOf(decoded.value, task.image.display, task.wish);
      return picture.ok ? renderPicture(picture.value, task.wish, task.image.display.pixelAspect) : picture;
    }
  }
}

/** The buffers of an answer that are its own and can be handed over. */
export function buffersOf(answer: PixelAnswer): readonly ArrayBuffer[] {
  if (!answer.ok) return [];
  const bytes = answer.value instanceof Uint8Array ? answer.value : answer.value.bytes;
  const { buffer } = bytes;
  const isOwn = buffer instanceof ArrayBuffer && bytes.byteLength === buffer.byteLength;
  return isOwn ? [buffer] : [];
}
