/** Images: what is decoded, rendered and transcoded. Part of `limits`. */
export const pixelLimits = {
  /** Pixels of one frame; an image with more is refused as incorrect. */
  framePixelsMax: 256 * 1024 * 1024,
  /** Frames of one image; one with more is refused as incorrect. */
  imageFramesMax: 1_000_000,
  /** Bytes of one frame, as it is stored and when it is decoded; a larger one is refused as incorrect. */
  frameBytesMax: 1024 * 1024 * 1024,
  /** Fragments of one image whose headers are read; reading ends there, with a problem. */
  fragmentsMax: 4_000_000,
  /** Bytes that are read at once to find the headers of fragments. */
  fragmentScanBytes: 64 * 1024,
  /** Threads that decode, render and transcode, where the machine has as many processors. */
  pixelThreadsMax: 8,
  /** Frames that wait for a thread; a further one fails as busy. */
  pixelQueueMax: 256,
  /** Bytes of frames that wait for a thread; beyond it a further one fails as busy. */
  pixelQueueBytesMax: 512 * 1024 * 1024,
  /** How long the work on one frame may take; then its thread is ended and replaced, and the frame fails. */
  pixelTaskTimeoutMs: 30_000,
  /** Memory of JavaScript in one thread, in MiB; one that needs more is ended and replaced. */
  pixelThreadHeapMiB: 512,
  /** A thread without work is ended after so long, and its memory is free. */
  pixelThreadIdleMs: 60_000,
  /** The longer side of a rendered image; a larger wish is lowered to this. */
  renderedSideMax: 8_192,
  /** Lines of text written into a rendered image; further ones are left out. */
  renderedLinesMax: 20,
  /** Characters of such a line; the rest is left out. */
  renderedLineCharactersMax: 120,
} as const;
