import { failed, incorrect, ok, type Result } from "#kernel";
import { tags } from "#standards/dicom";

/** Where the pixel data of a file stand. Offsets are counted from the beginning of the file. */
export interface PixelDataPlace {
  readonly vr: string;
  readonly valueAt: number;
  /** Undefined for fragments. */
  readonly lengthBytes: number | undefined;
}

export interface ElementForm {
  readonly isExplicit: boolean;
  readonly isLittleEndian: boolean;
}

/** A header takes so many bytes at most. */
export const pixelDataHeaderBytes = 12;

const pixelTags: readonly number[] = [tags.pixelData, tags.floatPixelData, tags.doubleFloatPixelData];

/** Reads the header of pixel data, which stands at `at` of the file. Problem: `no-pixel-data`. Source: PS3.5 §7.1, §A.4. */
export function pixelDataPlace(header: Uint8Array, at: number, form: ElementForm): Result<PixelDataPlace> {
  const missing = failed(incorrect("no-pixel-data", "The object has no pixel data.", { where: "(7FE0,0010)" }));
  if (header.length < 8) return missing;
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const little = form.isLittleEndian;
  const tag = view.getUint16(0, little) * 0x1_0000 + view.getUint16(2, little);
  if (!pixelTags.includes(tag) || (form.isExplicit && header.length < pixelDataHeaderBytes)) return missing;
  const vr = form.isExplicit ? String.fromCharCode(header[4] as number, header[5] as number) : "OW";
  const length = view.getUint32(form.isExplicit ? 8 : 4, little);
  const valueAt = at + (form.isExplicit ? 12 : 8);
  return ok({ vr, valueAt, lengthBytes: length === 0xffff_ffff ? undefined : length });
}
