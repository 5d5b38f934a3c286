import { vrNamed } from "./vr.ts";

interface Range {
  readonly lowest: bigint;
  readonly highest: bigint;
}

function range(bits: number, isSigned: boolean): Range {
  const span = 1n << BigInt(bits);
  return isSigned ? { lowest: -(span >> 1n), highest: (span >> 1n) - 1n } : { lowest: 0n, highest: span - 1n };
}

/** Source: PS3.5 Table 6.2-1. */
const ranges: Readonly<Record<string, Range>> = {
  SS: range(16, true),
  US: range(16, false),
  SL: range(32, true),
  UL: range(32, false),
  SV: range(64, true),
  UV: range(64, false),
};

/** Whole numbers as bytes of their VR, little endian; undefined for another VR and for values it cannot hold. */
export function wholeNumberBytes(vr: string, values: readonly (string | number | null)[]): Uint8Array | undefined {
  const allowed = ranges[vr];
  if (allowed === undefined) return undefined;
  const { unitBytes } = vrNamed(vr);
  const bytes = new Uint8Array(values.length * unitBytes);
  for (const [index, value] of values.entries()) {
    const whole = wholeNumber(value);
    if (whole === undefined || whole < allowed.lowest || whole > allowed.highest) return undefined;
    let left = BigInt.asUintN(64, whole);
    for (let at = 0; at < unitBytes; at += 1) {
      bytes[index * unitBytes + at] = Number(left & 0xffn);
      left >>= 8n;
    }
  }
  return bytes;
}

function wholeNumber(value: string | number | null): bigint | undefined {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : undefined;
  if (value === null || !/^\s*[+-]?\d{1,20}\s*$/.test(value)) return undefined;
  return BigInt(value.trim().replace(/^\+/, ""));
}

/** The values of SV and UV, which JavaScript's numbers cannot hold, as they are. */
export function wideNumbers(
  bytes: Uint8Array,
  { isSigned, isLittleEndian }: { readonly isSigned: boolean; readonly isLittleEndian: boolean },
): readonly bigint[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: bigint[] = [];
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    values.push(isSigned ? view.getBigInt64(at, isLittleEndian) : view.getBigUint64(at, isLittleEndian));
  }
  return values;
}
