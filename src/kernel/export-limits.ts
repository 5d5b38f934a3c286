/** Exports of images. Part of `limits`. */
export const exportLimits = {
  /** Studies of one export; more are refused as incorrect. */
  exportStudiesMax: 10_000,
  /** Studies that one question to the archive names; more take several. */
  exportStudiesAskedMax: 500,
  /** Objects that are listed at once while they are exported; more take several questions. */
  exportObjectsReadMax: 500,
  /** Pixels of one object that regions are blackened in, in memory; an object with more is left out. */
  exportedPixelBytesMax: 512 * 1024 * 1024,
  /** Rules about what machines write into pictures, of one hospital; more are refused as incorrect. */
  exportPixelRulesMax: 1_000,
  /** Rectangles of one of them; more are refused as incorrect. */
  exportRectanglesMax: 64,
  /** Exports over HTTP that run at once; a further one waits for its turn. */
  exportsRunningMax: 1,
  /** Exports that wait or are kept; a further one is answered busy. */
  exportsKeptMax: 100,
  /** How often the progress of an export is noted at most. */
  exportNotedMs: 1_000,
} as const;
