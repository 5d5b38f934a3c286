import { implicitVr } from "./dictionary.ts";
import type { Form, Source } from "./source.ts";
import { type Tag, tags } from "./tag.ts";
import { vrNamed, vrs } from "./vr.ts";

/** The length that says: until the delimiter. */
export const undefinedLength = 0xffff_ffff;

export interface ElementHeader {
  readonly tag: Tag;
  readonly vr: string;
  /** Bytes of the value, or `undefinedLength`. */
  readonly length: number;
  /** Where the value begins. */
  readonly valueAt: number;
}

/**
 * The header at a place; undefined where bytes are wanting. An explicit header whose VR is no two letters is read as an implicit
 * one where that fits, as senders mix them. Source: PS3.5 §7.1.2, §7.1.3.
 */
export function headerAt(source: Source, form: Form, { end, isSigned }: { end: number; isSigned: boolean }) {
  const { at, bytes } = source;
  if (at + 8 > end) return undefined;
  const tag = source.tagAt(at, form);
  const isDelimiter = tag === tags.item || tag === tags.itemEnd || tag === tags.sequenceEnd;
  if (!form.isExplicit || isDelimiter) return implicitHeader(source, form, { tag, isSigned });
  const vr = String.fromCharCode(bytes[at + 4] as number, bytes[at + 5] as number);
  if (vrs[vr] === undefined && !/^[A-Z]{2}$/.test(vr)) {
    const implicit = implicitHeader(source, form, { tag, isSigned });
    const fits = implicit.length === undefinedLength || implicit.valueAt + implicit.length <= end;
    source.note("vr-invalid", "There is no such VR; the header was read without one.", tag);
    return fits ? implicit : undefined;
  }
  if (vrs[vr] === undefined) source.note("vr-unknown", "The VR is none of the standard.", tag);
  if (!vrNamed(vr).isLong) return { tag, vr, length: source.uint16At(at + 6, form), valueAt: at + 8 };
  return at + 12 > end ? undefined : { tag, vr, length: source.uint32At(at + 8, form), valueAt: at + 12 };
}

function implicitHeader(source: Source, form: Form, { tag, isSigned }: { tag: Tag; isSigned: boolean }): ElementHeader {
  const { at } = source;
  return { tag, vr: implicitVr(tag, isSigned), length: source.uint32At(at + 4, form), valueAt: at + 8 };
}
