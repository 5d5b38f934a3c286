/** How a transfer syntax holds frames. Source: PS3.5 Annex A, PS3.6 Table A-1. */
export type SyntaxKind =
  | "native"
  | "rle"
  | "deflated-frame"
  | "jpeg"
  | "jpeg-lossless"
  | "jpeg-ls"
  | "jpeg-2000"
  | "htj2k"
  | "jpeg-xl"
  | "video"
  | "unknown";

const prefix = "1.2.840.10008.1.2";

const kinds: Readonly<Record<string, SyntaxKind>> = {
  "": "native",
  ".1": "native",
  ".1.99": "native",
  ".2": "native",
  ".8.1": "native",
  ".5": "rle",
  ".11.1": "deflated-frame",
  ".4.50": "jpeg",
  ".4.51": "jpeg",
  ".4.57": "jpeg-lossless",
  ".4.70": "jpeg-lossless",
  ".4.80": "jpeg-ls",
  ".4.81": "jpeg-ls",
  ".4.90": "jpeg-2000",
  ".4.91": "jpeg-2000",
  ".4.92": "jpeg-2000",
  ".4.93": "jpeg-2000",
  ".4.201": "htj2k",
  ".4.202": "htj2k",
  ".4.203": "htj2k",
  ".4.110": "jpeg-xl",
  ".4.111": "jpeg-xl",
  ".4.112": "jpeg-xl",
};

/** `unknown` for what is no transfer syntax of the standard, or one without frames of its own (JPIP). */
export function syntaxKind(uid: string): SyntaxKind {
  if (!uid.startsWith(prefix)) return "unknown";
  const end = uid.slice(prefix.length);
  return kinds[end] ?? (/^\.4\.10[0-8](?:\.1)?$/.test(end) ? "video" : "unknown");
}

/** Transfer syntaxes that frames can be written in; the first three are not compressed frame by frame. */
export const writableSyntaxes = {
  implicitLittle: prefix,
  explicitLittle: `${prefix}.1`,
  deflatedLittle: `${prefix}.1.99`,
  rle: `${prefix}.5`,
  jpegBaseline: `${prefix}.4.50`,
  jpegLossless: `${prefix}.4.57`,
  jpegLosslessSv1: `${prefix}.4.70`,
  jpegLs: `${prefix}.4.80`,
  jpegLsNearLossless: `${prefix}.4.81`,
  jpeg2000Lossless: `${prefix}.4.90`,
  jpeg2000: `${prefix}.4.91`,
  htj2kLossless: `${prefix}.4.201`,
  htj2kLosslessRpcl: `${prefix}.4.202`,
  htj2k: `${prefix}.4.203`,
} as const;

/** Their UIDs. */
export const transcodableTo: readonly string[] = Object.values(writableSyntaxes);

const lossySyntaxes: readonly string[] = [
  writableSyntaxes.jpegBaseline,
  writableSyntaxes.jpegLsNearLossless,
  writableSyntaxes.jpeg2000,
  writableSyntaxes.htj2k,
];

/** Whether writing in it loses something. */
export function losesInWriting(uid: string): boolean {
  return lossySyntaxes.includes(uid);
}
