const encoder = new TextEncoder();

/** Lines to put before the content of each part, and behind the last. Source: PS3.18 §8.6.1.2; RFC 2387. */
export interface MultipartWriter {
  /** `multipart/related; type="application/dicom"; boundary=…` */
  readonly contentType: string;
  /** What stands before a part. */
  head(headers: Readonly<Record<string, string>>): Uint8Array;
  /** What stands behind the last. */
  readonly end: Uint8Array;
}

/** `boundary` is one that no part holds: letters and digits drawn by chance. */
export function multipartWriter(boundary: string, type: string): MultipartWriter {
  let isFirst = true;
  return {
    contentType: `multipart/related; type="${type}"; boundary=${boundary}`,
    head(headers) {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const text = `${isFirst ? "" : "\r\n"}--${boundary}\r\n${lines.join("")}\r\n`;
      isFirst = false;
      return encoder.encode(text);
    },
    end: encoder.encode(`\r\n--${boundary}--\r\n`),
  };
}
