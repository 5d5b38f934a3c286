import type { HttpRequest } from "#kernel";
import type { Version } from "../../documents/document.ts";
import { etagOf, httpDateOf } from "../precondition.ts";

/** Bytes of some content: `from` to `to`, which is not among them. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** All of it, one part of it, or a part that it has not. */
export type AskedRange = "whole" | "beyond" | ByteRange;

const pattern = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * Which part of the content of a version is asked for. Several parts at once, units other than bytes and what cannot be read
 * are answered with the whole, as RFC 9110 allows; so is a part of another version than If-Range names.
 * Source: RFC 9110 §14.2 (Range), §13.1.5 (If-Range).
 */
export function askedRange(headers: HttpRequest["headers"], version: Version, length: number): AskedRange {
  const [, first, last] = pattern.exec(headers.range?.replaceAll(" ", "") ?? "") ?? [];
  if (first === undefined || last === undefined || !isStill(headers["if-range"], version)) return "whole";
  if (first === "") return last === "" ? "whole" : lastBytes(Number(last), length);
  const from = Number(first);
  const to = last === "" ? length : Math.min(Number(last) + 1, length);
  if (last !== "" && Number(last) < from) return "whole";
  return from < length ? { from, to } : "beyond";
}

function lastBytes(count: number, length: number): AskedRange {
  return count === 0 || length === 0 ? "beyond" : { from: Math.max(0, length - count), to: length };
}

/** The bytes of a version never change, so its ETag, though written weak, is as good as a strong one. */
function isStill(ifRange: string | undefined, version: Version): boolean {
  if (ifRange === undefined) return true;
  const tag = ifRange.trim();
  return tag === etagOf(version) || `W/${tag}` === etagOf(version) || tag === httpDateOf(version);
}
