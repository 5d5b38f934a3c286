import type { StoredInstance } from "#imaging";
import { isKnownTransferSyntax, transferSyntaxOf } from "#standards/dicom";
import {
  type AcceptedMedia,
  type Chosen,
  defaultFrameSyntax,
  frameMedia,
  isFrameMedia,
  type Offer,
} from "#standards/dicomweb";
import { syntaxKind, transcodableTo } from "#standards/pixels";

const plain = "application/octet-stream";
const explicitLittleUid = "1.2.840.10008.1.2.1";
const written = ["image/jls", "image/jp2", "image/jphc", "image/dicom-rle", "image/jpeg"];

/** How frames of an object may go over the web, the media type of how it is kept first. Source: PS3.18 §8.7.3.3. */
export function frameOffers({ transferSyntax }: StoredInstance, isOne: boolean): readonly Offer[] {
  const kept = frameMedia(transferSyntax);
  const names = [plain, ...new Set([kept, ...written])].filter((name, index) => index === 0 || name !== plain);
  const parts = names.map((name) => ({ name, isMultipart: true }));
  return isOne ? [...parts, ...names.map((name) => ({ name, isMultipart: false }))] : parts;
}

/** The transfer syntax that frames go out in; undefined where that cannot be. */
export function frameSyntax(
  { transferSyntax: kept }: StoredInstance,
  { offer, accepted }: Chosen<Offer>,
): string | undefined {
  const wanted = wantedOf(kept, offer.name, accepted);
  if (wanted === kept) return kept;
  return isTranscodable(kept, wanted) ? wanted : undefined;
}

function wantedOf(kept: string, name: string, { transferSyntax }: AcceptedMedia): string {
  if (name === plain) {
    if (transferSyntax === "*") return isNative(kept) ? nativeSyntax(kept) : kept;
    const named = transferSyntax ?? explicitLittleUid;
    return !transferSyntaxOf(named).isEncapsulated && isNative(kept) ? nativeSyntax(kept) : named;
  }
  const isKept = isFrameMedia(name, kept);
  if (transferSyntax === undefined || transferSyntax === "*") return isKept ? kept : (defaultFrameSyntax(name) ?? kept);
  return isFrameMedia(name, transferSyntax) ? transferSyntax : "";
}

/** Frames that are not compressed are the same in any such syntax, but for the order of their bytes. */
function nativeSyntax(kept: string): string {
  return transferSyntaxOf(kept).isLittleEndian ? kept : explicitLittleUid;
}

function isNative(uid: string): boolean {
  return isKnownTransferSyntax(uid) && !transferSyntaxOf(uid).isEncapsulated;
}

/** Whether there are codecs from one to the other; whether they hold these pixels is known from the header alone. */
export function isTranscodable(from: string, to: string): boolean {
  const kind = syntaxKind(from);
  return kind !== "video" && kind !== "unknown" && transcodableTo.includes(to);
}

/** What the part says of itself. */
export function frameType(name: string, syntax: string): string {
  const shown = transferSyntaxOf(syntax).isEncapsulated ? syntax : explicitLittleUid;
  return `${name}; transfer-syntax=${shown}`;
}
