import { failed, incorrect, ok, type Result, unsupported } from "#kernel";
import { type MediaType, parseMediaType, parseMediaTypes } from "./media-type.ts";

/** What a caller takes, one of several. */
export interface AcceptedMedia {
  /** `application/dicom`, `image/*`, `*` + `/*`. Of a multipart type, that of its parts. */
  readonly name: string;
  /** Undefined for a range that leaves it open. */
  readonly isMultipart: boolean | undefined;
  /** `*` for any; undefined when nothing is said. */
  readonly transferSyntax: string | undefined;
  readonly charset: string | undefined;
  /** Above 0, to 1. */
  readonly quality: number;
}

/** A way in which something can be answered. */
export interface Offer {
  readonly name: string;
  readonly isMultipart: boolean;
}

export interface Chosen<O extends Offer> {
  readonly offer: O;
  readonly accepted: AcceptedMedia;
}

export interface AcceptRequest {
  /** The header `accept`. */
  readonly header: string | undefined;
  /** The query parameter `accept`. */
  readonly parameter: string | null;
  /** The query parameter `transfer-syntax`, for media types that name none themselves. */
  readonly transferSyntax?: string | null;
  /** The query parameter `charset`. */
  readonly charset?: string | null;
}

/**
 * The best of what is offered, by the parameter and where that brings nothing by the header; among equals the first that is
 * offered. Without either, the first offer. `isPossible` may refuse a pairing. Problems: `not-acceptable` (unsupported),
 * `accept-invalid`. Source: PS3.18 §8.7.8.1.
 */
export function chooseMedia<O extends Offer>(
  request: AcceptRequest,
  offers: readonly O[],
  isPossible: (chosen: Chosen<O>) => boolean = () => true,
): Result<Chosen<O>> {
  const { header, parameter } = request;
  const lists = [parameter ?? undefined, header].filter((text) => text !== undefined && text.trim() !== "");
  if (parameter !== null && parseMediaTypes(parameter).length === 0) {
    return failed(incorrect("accept-invalid", "The parameter accept holds no media type.", { where: "accept" }));
  }
  for (const text of lists.length === 0 ? ["*/*"] : lists) {
    const chosen = bestOf(acceptedMedia(text ?? "", request), offers, isPossible);
    if (chosen !== undefined) return ok(chosen);
  }
  const names = offers.map(({ name, isMultipart }) => (isMultipart ? `multipart/related; type="${name}"` : name));
  const message = `It can be had as ${[...new Set(names)].join(", or as ")}.`;
  return failed(unsupported("not-acceptable", message, { where: "accept" }));
}

/** The media types of an Accept header or parameter, best first. */
export function acceptedMedia(text: string, defaults: Partial<AcceptRequest> = {}): readonly AcceptedMedia[] {
  const media = parseMediaTypes(text).map((type) => acceptedOf(type, defaults));
  return media.filter(({ quality }) => quality > 0).sort(byQuality);
}

function byQuality(one: AcceptedMedia, other: AcceptedMedia): number {
  return other.quality - one.quality || precision(other) - precision(one);
}

function precision({ name }: AcceptedMedia): number {
  if (name === "*/*") return 0;
  return name.endsWith("/*") ? 1 : 2;
}

/** The transfer syntax may stand outside the quotes of `type`, or within. Source: PS3.18 §8.7.3.5.2. */
function acceptedOf({ name, parameters }: MediaType, defaults: Partial<AcceptRequest>): AcceptedMedia {
  const isRelated = name === "multipart/related";
  const inner = isRelated ? parseMediaType(parameters.get("type") ?? "*/*") : undefined;
  const value = (key: string) => parameters.get(key) ?? inner?.parameters.get(key);
  const quality = Number(value("q") ?? 1);
  const isOpen = name === "*/*" || name === "multipart/*";
  return {
    name: isRelated ? (inner?.name ?? "*/*") : name === "multipart/*" ? "*/*" : name,
    isMultipart: isOpen ? (name === "multipart/*" ? true : undefined) : isRelated,
    transferSyntax: value("transfer-syntax") ?? defaults.transferSyntax ?? undefined,
    charset: (value("charset") ?? defaults.charset ?? undefined)?.toLowerCase(),
    quality: Number.isFinite(quality) ? Math.min(Math.max(quality, 0), 1) : 0,
  };
}

function bestOf<O extends Offer>(
  media: readonly AcceptedMedia[],
  offers: readonly O[],
  isPossible: (chosen: Chosen<O>) => boolean,
): Chosen<O> | undefined {
  for (const accepted of media) {
    const offer = offers.find((one) => covers(accepted, one) && isPossible({ offer: one, accepted }));
    if (offer !== undefined) return { offer, accepted };
  }
  return undefined;
}

const utf8Names: readonly (string | undefined)[] = [undefined, "*", "utf-8", "utf8", "iso_ir 192"];

function covers({ name, isMultipart, charset }: AcceptedMedia, offer: Offer): boolean {
  if (isMultipart !== undefined && isMultipart !== offer.isMultipart) return false;
  const isText = /\+json$|\+xml$|\/json$/.test(offer.name);
  // JSON and XML are in UTF-8, and nothing else.
  if (isText && !utf8Names.includes(charset)) return false;
  if (name === "*/*" || name === offer.name) return true;
  if (name === "application/json" && offer.name === "application/dicom+json") return true;
  return name.endsWith("/*") && offer.name.startsWith(name.slice(0, -1));
}
