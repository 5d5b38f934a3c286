/**
 * How the stored values of a frame become what is seen: modality transform, then VOI, then presentation. Plain data.
 * Source: PS3.3 §C.11.1, §C.11.2, §C.7.6.3; PS3.4 §N.2.
 */
export interface Display {
  readonly modality: Modality;
  /** Those of the data set, the first one is the default. */
  readonly windows: readonly Window[];
  /** Those of the data set; they come before windows where nothing is wished for. */
  readonly voiTables: readonly LookupTable[];
  /** Presentation LUT Shape INVERSE. */
  readonly isInverted: boolean;
  /** Stored values that stand for nothing and are no part of the picture's range. Source: PS3.3 §C.7.5.1.1.2. */
  readonly padding: StoredRange | undefined;
  readonly palette: Palette | undefined;
  /** Height of a pixel divided by its width; 1 when it is square. */
  readonly pixelAspect: number;
  readonly overlays: readonly Overlay[];
}

export type Modality =
  | { readonly is: "rescale"; readonly slope: number; readonly intercept: number }
  | { readonly is: "table"; readonly table: LookupTable };

export const windowFunctions = ["LINEAR", "LINEAR_EXACT", "SIGMOID"] as const;
export type WindowFunction = (typeof windowFunctions)[number];

/** In the units of the modality transform. Source: PS3.3 §C.11.2.1.2, §C.11.2.1.3. */
export interface Window {
  readonly center: number;
  readonly width: number;
  readonly function: WindowFunction;
  readonly explanation?: string;
}

/** Source: PS3.3 §C.11.1.1.1, §C.11.2.1.1. */
export interface LookupTable {
  /** The value that the first entry is for; those below it take it too, those above the last the last. */
  readonly first: number;
  readonly entries: Uint16Array;
  /** Bits of an entry. */
  readonly bits: number;
  readonly explanation?: string;
}

export interface StoredRange {
  readonly from: number;
  readonly to: number;
}

/** Red, green and blue entries, 8 bits each. Source: PS3.3 §C.7.6.3.1.5, §C.7.9. */
export interface Palette {
  readonly first: number;
  readonly red: Uint8Array;
  readonly green: Uint8Array;
  readonly blue: Uint8Array;
}

/** Bits over a picture. Source: PS3.3 §C.9.2. */
export interface Overlay {
  readonly rows: number;
  readonly columns: number;
  /** Of its upper left corner, counted from 0; may be negative. */
  readonly row: number;
  readonly column: number;
  /** A bit a pixel, the lowest first. */
  readonly bits: Uint8Array;
}
