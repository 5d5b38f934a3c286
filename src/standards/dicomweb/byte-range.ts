/** The part of a content that is wanted: from its first byte, so many. */
export interface ByteRange {
  readonly fromByte: number;
  readonly lengthBytes: number;
}

/**
 * Reads the header Range. `whole` without one, or with several or another unit, which may be answered by everything;
 * `unsatisfiable` where nothing of it is there. Source: RFC 9110 §14.1.2, §14.2.
 */
export function parseByteRange(header: string | undefined, sizeBytes: number): ByteRange | "whole" | "unsatisfiable" {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "");
  const [, first = "", last = ""] = match ?? [];
  if (match === null || (first === "" && last === "")) return "whole";
  if (first === "") {
    const lengthBytes = Math.min(Number(last), sizeBytes);
    return lengthBytes === 0 ? "unsatisfiable" : { fromByte: sizeBytes - lengthBytes, lengthBytes };
  }
  const fromByte = Number(first);
  const end = last === "" ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (last !== "" && Number(last) < fromByte) return "whole";
  return fromByte >= sizeBytes ? "unsatisfiable" : { fromByte, lengthBytes: end - fromByte + 1 };
}
