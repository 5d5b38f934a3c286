import { type ImageLevel, type ImageQuery, levelOfTag } from "#imaging";
import { type Tag, tagNamed } from "#standards/dicom";
import type { WebQuery } from "#standards/dicomweb";

const depth = { patient: 0, study: 1, series: 2, instance: 3 } as const;

/** What is told of a level besides its own attributes. Source: PS3.18 Tables 10.6.3-3 to 10.6.3-5. */
const counted: ReadonlySet<Tag> = new Set(
  [
    "ModalitiesInStudy",
    "SOPClassesInStudy",
    "NumberOfStudyRelatedSeries",
    "NumberOfStudyRelatedInstances",
    "NumberOfSeriesRelatedInstances",
    "InstanceAvailability",
    "RetrieveURL",
    "SpecificCharacterSet",
    "TimezoneOffsetFromUTC",
  ].flatMap((keyword) => tagNamed(keyword) ?? []),
);

/**
 * The attributes that have to be looked for in an object below, as the level itself does not hold them: without any, no object
 * is read at all.
 */
export function includedBelow(level: ImageLevel, include: WebQuery["include"]): ImageQuery["include"] {
  if (include === "all") return level === "instance" ? "all" : undefined;
  const below = include.filter((tag) => !counted.has(tag) && depth[levelOfTag(tag)] > depth[level]);
  const own = level === "instance" ? include.filter((tag) => levelOfTag(tag) === "instance") : below;
  return own.length === 0 ? undefined : own;
}
