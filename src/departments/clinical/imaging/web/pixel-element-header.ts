import { type Form, tags } from "#standards/dicom";
import type { PixelDataPlace } from "#standards/pixels";

const byVr: Readonly<Record<string, number>> = { OF: tags.floatPixelData, OD: tags.doubleFloatPixelData };

/** The header of the pixels of an object. Source: PS3.5 §7.1.2, §7.1.3. */
export function pixelElementHeader(
  { vr, lengthBytes }: Pick<PixelDataPlace, "vr" | "lengthBytes">,
  form: Form,
): Uint8Array {
  const bytes = Buffer.alloc(form.isExplicit ? 12 : 8);
  const tag = byVr[vr] ?? tags.pixelData;
  const length = lengthBytes ?? 0xffff_ffff;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint16(0, tag >>> 16, form.isLittleEndian);
  view.setUint16(2, tag & 0xffff, form.isLittleEndian);
  if (form.isExplicit) bytes.write(vr, 4, "latin1");
  view.setUint32(form.isExplicit ? 8 : 4, length, form.isLittleEndian);
  return bytes;
}
