/** How a data set is written down. */
export interface TransferSyntax {
  readonly uid: string;
  readonly name: string;
  readonly isExplicit: boolean;
  readonly isLittleEndian: boolean;
  readonly isDeflated: boolean;
  /** Whether pixel data are fragments of a compressed stream. */
  readonly isEncapsulated: boolean;
}

const prefix = "1.2.840.10008.1.2";

function syntax(uid: string, name: string, more: Partial<TransferSyntax> = {}): TransferSyntax {
  return { uid, name, isExplicit: true, isLittleEndian: true, isDeflated: false, isEncapsulated: false, ...more };
}

export const implicitLittle = syntax(prefix, "Implicit VR Little Endian", { isExplicit: false });
export const explicitLittle = syntax(`${prefix}.1`, "Explicit VR Little Endian");
export const explicitBig = syntax(`${prefix}.2`, "Explicit VR Big Endian", { isLittleEndian: false });
export const deflatedLittle = syntax(`${prefix}.1.99`, "Deflated Explicit VR Little Endian", { isDeflated: true });

const encapsulated: readonly (readonly [string, string])[] = [
  ["4.50", "JPEG Baseline (Process 1)"],
  ["4.51", "JPEG Extended (Process 2 and 4)"],
  ["4.57", "JPEG Lossless, Non-Hierarchical (Process 14)"],
  ["4.70", "JPEG Lossless, First-Order Prediction (Process 14, Selection Value 1)"],
  ["4.80", "JPEG-LS Lossless"],
  ["4.81", "JPEG-LS Near-Lossless"],
  ["4.90", "JPEG 2000 Lossless Only"],
  ["4.91", "JPEG 2000"],
  ["4.92", "JPEG 2000 Part 2 Multi-component Lossless Only"],
  ["4.93", "JPEG 2000 Part 2 Multi-component"],
  ["4.94", "JPIP Referenced"],
  ["4.100", "MPEG2 Main Profile / Main Level"],
  ["4.101", "MPEG2 Main Profile / High Level"],
  ["4.102", "MPEG-4 AVC/H.264 High Profile / Level 4.1"],
  ["4.103", "MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1"],
  ["4.104", "MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video"],
  ["4.105", "MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video"],
  ["4.106", "MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2"],
  ["4.107", "HEVC/H.265 Main Profile / Level 5.1"],
  ["4.108", "HEVC/H.265 Main 10 Profile / Level 5.1"],
  ["4.110", "JPEG XL Lossless"],
  ["4.111", "JPEG XL JPEG Recompression"],
  ["4.112", "JPEG XL"],
  ["4.201", "High-Throughput JPEG 2000 Lossless Only"],
  ["4.202", "High-Throughput JPEG 2000 with RPCL Options Lossless Only"],
  ["4.203", "High-Throughput JPEG 2000"],
  ["5", "RLE Lossless"],
  ["8.1", "Encapsulated Uncompressed Explicit VR Little Endian"],
  ["11.1", "Deflated Image Frame Compression"],
];

const syntaxes: ReadonlyMap<string, TransferSyntax> = new Map(
  [
    implicitLittle,
    explicitLittle,
    explicitBig,
    deflatedLittle,
    syntax(`${prefix}.4.95`, "JPIP Referenced Deflate", { isDeflated: true }),
    ...encapsulated.map(([end, name]) => syntax(`${prefix}.${end}`, name, { isEncapsulated: true })),
  ].map((known) => [known.uid, known]),
);

/** Every transfer syntax of the standard, in the order of PS3.6 Table A-1. */
export const transferSyntaxes: readonly TransferSyntax[] = [...syntaxes.values()];

/** The transfer syntax of a UID. One that is not known is explicit, little endian and encapsulated, as all new ones are. */
export function transferSyntaxOf(uid: string): TransferSyntax {
  return syntaxes.get(uid) ?? syntax(uid, "Unknown transfer syntax", { isEncapsulated: true });
}

export function isKnownTransferSyntax(uid: string): boolean {
  return syntaxes.has(uid);
}
