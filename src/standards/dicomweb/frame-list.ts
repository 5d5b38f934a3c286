import { failed, incorrect, limits, ok, type Result } from "#kernel";

/** Reads `1,3,4`: numbers of frames from 1 on. Problem: `frame-list-invalid`. Source: PS3.18 §10.1.2. */
export function parseFrameList(text: string): Result<readonly number[]> {
  const parts = text.split(",");
  const isList = parts.length <= limits.framesNamedMax && parts.every((part) => /^[1-9]\d{0,8}$/.test(part));
  if (isList) return ok(parts.map(Number));
  const message = `Frames are numbers from 1 on with commas between them, ${limits.framesNamedMax} at most.`;
  return failed(incorrect("frame-list-invalid", message, { where: "frames" }));
}
