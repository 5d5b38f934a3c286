/** What the value of a VR is made of. */
export type VrContent = "text" | "ascii" | "number" | "tag" | "bytes" | "sequence";

export interface Vr {
  readonly content: VrContent;
  /** Bytes that change places between byte orders. */
  readonly unitBytes: 1 | 2 | 4 | 8;
  /** Whether explicit headers have two reserved bytes and a length of four. */
  readonly isLong: boolean;
  /** Whether `\` parts values. */
  readonly isMultiple: boolean;
  /** What makes the length even. */
  readonly padding: 0x20 | 0x00;
}

function vr(content: VrContent, more: Partial<Vr> = {}): Vr {
  const isText = content === "text" || content === "ascii";
  return { content, unitBytes: 1, isLong: false, isMultiple: isText, padding: isText ? 0x20 : 0x00, ...more };
}

const long = { isLong: true } as const;

/**
 * Every VR there is, in the order of the standard. Those of content `text` are in the Specific Character Set, `ascii` never.
 * Source: PS3.5 Table 6.2-1, §7.1.2 (long headers).
 */
export const vrs: Readonly<Record<string, Vr>> = {
  AE: vr("ascii"),
  AS: vr("ascii"),
  AT: vr("tag", { unitBytes: 2 }),
  CS: vr("ascii"),
  DA: vr("ascii"),
  DS: vr("ascii"),
  DT: vr("ascii"),
  FL: vr("number", { unitBytes: 4 }),
  FD: vr("number", { unitBytes: 8 }),
  IS: vr("ascii"),
  LO: vr("text"),
  LT: vr("text", { isMultiple: false }),
  OB: vr("bytes", long),
  OD: vr("bytes", { ...long, unitBytes: 8 }),
  OF: vr("bytes", { ...long, unitBytes: 4 }),
  OL: vr("bytes", { ...long, unitBytes: 4 }),
  OV: vr("bytes", { ...long, unitBytes: 8 }),
  OW: vr("bytes", { ...long, unitBytes: 2 }),
  PN: vr("text"),
  SH: vr("text"),
  SL: vr("number", { unitBytes: 4 }),
  SQ: vr("sequence", long),
  SS: vr("number", { unitBytes: 2 }),
  ST: vr("text", { isMultiple: false }),
  SV: vr("number", { ...long, unitBytes: 8 }),
  TM: vr("ascii"),
  UC: vr("text", long),
  UI: vr("ascii", { padding: 0x00 }),
  UL: vr("number", { unitBytes: 4 }),
  UN: vr("bytes", long),
  UR: vr("ascii", { ...long, isMultiple: false }),
  US: vr("number", { unitBytes: 2 }),
  UT: vr("text", { ...long, isMultiple: false }),
  UV: vr("number", { ...long, unitBytes: 8 }),
};

const unknown = vr("bytes", long);

/** A VR that the standard may add has a long header. Source: PS3.5 §7.1.2. */
export function vrNamed(name: string): Vr {
  return vrs[name] ?? unknown;
}
