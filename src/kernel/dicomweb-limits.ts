/** DICOMweb. Part of `limits`. */
export const dicomwebLimits = {
  /** Media types of one Accept header or parameter; further ones are not looked at. */
  mediaTypesMax: 100,
  /** The headers of one part of a multipart body; a part with more is refused as incorrect. */
  multipartHeaderBytesMax: 16 * 1024,
  /** Parts of one multipart body; more are refused as incorrect. */
  multipartPartsMax: 100_000,
  /** Metadata of one store request, and values beside them that are no file; more are refused as incorrect. */
  storedMetadataBytesMax: 256 * 1024 * 1024,
  /** Objects of one store request that wait for the disk and the index at once; reading the request waits beyond it. */
  storedInFlightMax: 8,
  /** Bytes of an object of a store request that are gathered before they are written. */
  storedPieceBytes: 512 * 1024,
  /** The same of the first, in which its header mostly stands. */
  storedFirstPieceBytes: 16 * 1024,
  /** Values between backslashes or commas of one attribute of a query; more are refused as incorrect. */
  queryValuesMax: 1_000,
  /** Attributes of one query, those to be included among them; more are refused as incorrect. */
  queryAttributesMax: 200,
  /** Sequences that the path of an attribute of a query leads through; more are refused as incorrect. */
  queryPathMax: 8,
  /** Rows of one answer when the caller does not say, and the most there are. What was cut off is told by a warning. */
  queryRowsMax: 1_000,
  /** Frames named in one request; more are refused as incorrect. */
  framesNamedMax: 10_000,
  /** Pixels of the width or height of a rendered image; more are refused as incorrect. */
  renderedSideMax: 8_192,
  /** Objects of one answer; a larger study is refused as incorrect, and asked for series by series. */
  retrievedObjectsMax: 200_000,
  /** Metadata that were put together lately and are kept at hand; the oldest go. */
  metadataCacheBytesMax: 64 * 1024 * 1024,
  /** What stands before the pixels of an object that is sent otherwise than it is kept; a larger one is refused as incorrect. */
  rewrittenHeaderBytesMax: 256 * 1024 * 1024,
  /** An object that is read at once when a frame of it is wanted; of a larger one no more is read than is needed. */
  heldObjectBytesMax: 2 * 1024 * 1024,
  /** Bytes of stored content that are read at once, to be sent, copied or checked. */
  fileReadBytes: 1024 * 1024,
  /** Characters of a work item as it is kept; a larger one is refused as incorrect. */
  workitemCharactersMax: 900_000,
  /** Work items that one search looks at, the newest; that there are more is told by a warning. */
  workitemsLookedAtMax: 10_000,
  /** Objects of one request for storage commitment; more are refused as incorrect. */
  commitmentObjectsMax: 10_000,
  /** Width or height of a thumbnail when the caller does not say. */
  thumbnailSide: 128,
} as const;
