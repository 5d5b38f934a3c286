/** How the bytes of frames go over the web in each transfer syntax. Source: PS3.18 Tables 8.7.3-2, 8.7.3-4 and 8.7.3-5. */
const rows: readonly (readonly [string, string])[] = [
  ["1.2.840.10008.1.2.4.50", "image/jpeg"],
  ["1.2.840.10008.1.2.4.51", "image/jpeg"],
  ["1.2.840.10008.1.2.4.57", "image/jpeg"],
  ["1.2.840.10008.1.2.4.70", "image/jpeg"],
  ["1.2.840.10008.1.2.5", "image/dicom-rle"],
  ["1.2.840.10008.1.2.4.80", "image/jls"],
  ["1.2.840.10008.1.2.4.81", "image/jls"],
  ["1.2.840.10008.1.2.4.90", "image/jp2"],
  ["1.2.840.10008.1.2.4.91", "image/jp2"],
  ["1.2.840.10008.1.2.4.92", "image/jpx"],
  ["1.2.840.10008.1.2.4.93", "image/jpx"],
  ["1.2.840.10008.1.2.4.201", "image/jphc"],
  ["1.2.840.10008.1.2.4.202", "image/jphc"],
  ["1.2.840.10008.1.2.4.203", "image/jphc"],
  ["1.2.840.10008.1.2.4.110", "image/jxl"],
  ["1.2.840.10008.1.2.4.111", "image/jxl"],
  ["1.2.840.10008.1.2.4.112", "image/jxl"],
  ["1.2.840.10008.1.2.4.100", "video/mpeg2"],
  ["1.2.840.10008.1.2.4.101", "video/mpeg2"],
  ["1.2.840.10008.1.2.4.102", "video/mp4"],
  ["1.2.840.10008.1.2.4.103", "video/mp4"],
  ["1.2.840.10008.1.2.4.104", "video/mp4"],
  ["1.2.840.10008.1.2.4.105", "video/mp4"],
  ["1.2.840.10008.1.2.4.106", "video/mp4"],
  ["1.2.840.10008.1.2.4.107", "video/mp4"],
  ["1.2.840.10008.1.2.4.108", "video/mp4"],
];

const bySyntax: ReadonlyMap<string, string> = new Map(rows);

/** The default of each media type is the lossless one. */
const byMedia: ReadonlyMap<string, string> = new Map([
  ["image/jpeg", "1.2.840.10008.1.2.4.70"],
  ["image/dicom-rle", "1.2.840.10008.1.2.5"],
  ["image/x-dicom-rle", "1.2.840.10008.1.2.5"],
  ["image/jls", "1.2.840.10008.1.2.4.80"],
  ["image/x-jls", "1.2.840.10008.1.2.4.80"],
  ["image/jp2", "1.2.840.10008.1.2.4.90"],
  ["image/jpx", "1.2.840.10008.1.2.4.92"],
  ["image/jphc", "1.2.840.10008.1.2.4.201"],
  ["image/jxl", "1.2.840.10008.1.2.4.110"],
]);

/** `image/jls` of JPEG-LS; `application/octet-stream` of what is not compressed, or has no type of its own. */
export function frameMedia(transferSyntax: string): string {
  return bySyntax.get(transferSyntax) ?? "application/octet-stream";
}

/** The transfer syntax that frames of a media type are in when none is named; undefined for a type that is no frame's. */
export function defaultFrameSyntax(media: string): string | undefined {
  return byMedia.get(media);
}

/** Whether a file's pixel data in this syntax may be sent under this media type. */
export function isFrameMedia(media: string, transferSyntax: string): boolean {
  return media.replace("image/x-", "image/") === frameMedia(transferSyntax);
}
