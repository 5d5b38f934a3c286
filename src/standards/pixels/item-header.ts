/** The headers of the items of encapsulated pixel data, always little endian. Source: PS3.5 §A.4. */
export const itemHeaderBytes = 8;

export type ItemHeader = { readonly is: "item"; readonly lengthBytes: number } | { readonly is: "end" } | undefined;

/** Undefined for anything that is neither an item nor the end of the sequence. */
export function itemHeader(bytes: Uint8Array, at: number): ItemHeader {
  if (at + itemHeaderBytes > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, itemHeaderBytes);
  const tag = view.getUint16(0, true) * 0x1_0000 + view.getUint16(2, true);
  if (tag === 0xfffe_e000) return { is: "item", lengthBytes: view.getUint32(4, true) };
  return tag === 0xfffe_e0dd ? { is: "end" } : undefined;
}
