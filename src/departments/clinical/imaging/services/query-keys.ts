import type { AttributeMatch, ImageLevel, ImageQuery } from "#imaging";
import { failed, incorrect, limits, ok, type Problem, type Result } from "#kernel";
import {
  attributeOf,
  type DataElement,
  type DataSet,
  isGroupLength,
  type Tag,
  tagNamed,
  tags,
  tagText,
} from "#standards/dicom";
import { parseMatch } from "#standards/dicomweb";
import { includedBelow } from "../web/search-level.ts";

/** What an identifier asks for. */
export interface ImageQuestion {
  readonly query: Omit<ImageQuery, "after">;
  /** What the answers hold, in the form of the request. */
  readonly wanted: DataSet;
  /** Keys that were not matched by, as their values make no sense. */
  readonly hasUnsupportedKeys: boolean;
}

/** Source: PS3.4 §C.3.1, Tables C.6-1 to C.6-4. */
const levels: Readonly<Record<string, ImageLevel>> = {
  PATIENT: "patient",
  STUDY: "study",
  SERIES: "series",
  IMAGE: "instance",
};

const levelTag = tagNamed("QueryRetrieveLevel");

/** Say how a query is written, or what is answered whatever is asked. */
const noKeys: ReadonlySet<Tag> = new Set(
  [
    levelTag,
    tags.characterSet,
    ...["TimezoneOffsetFromUTC", "RetrieveAETitle", "InstanceAvailability"].map(tagNamed),
  ].flatMap((tag) => tag ?? []),
);

/** Problems: `query-level-invalid`. */
export function levelOf(identifier: DataSet): Result<ImageLevel> {
  const level = levels[identifier.text("QueryRetrieveLevel")?.trim() ?? ""];
  if (level !== undefined) return ok(level);
  const message = "The query says none of PATIENT, STUDY, SERIES and IMAGE as its level.";
  return failed(incorrect("query-level-invalid", message, { where: "(0008,0052)" }));
}

export interface QuestionOptions {
  readonly isFuzzy: boolean;
}

/**
 * A query from its identifier, with every kind of matching; keys of levels above and below are matched too, as in relational
 * queries. Problems: `query-level-invalid`, and of a unique key `value-invalid`. Source: PS3.4 §C.2.2.2, §C.4.1.
 */
export function imageQuestion(identifier: DataSet, { isFuzzy }: QuestionOptions): Result<ImageQuestion> {
  const level = levelOf(identifier);
  if (!level.ok) return level;
  const keys = keysOf(identifier, []);
  const invalid = keys.problems.find(({ tag }) => uniqueKeys.has(tag));
  if (invalid !== undefined) return failed(invalid.problem);
  const wanted = identifier.elements.flatMap(({ tag }) => (noKeys.has(tag) || isGroupLength(tag) ? [] : [tag]));
  const include = includedBelow(level.value, wanted);
  const query = { level: level.value, match: keys.match, isFuzzy, limit: limits.dimseMatchesTogetherMax };
  return ok({
    query: { ...query, ...(include === undefined ? {} : { include }) },
    wanted: identifier,
    hasUnsupportedKeys: keys.problems.length > 0,
  });
}

const uniqueKeys: ReadonlySet<Tag> = new Set(
  ["PatientID", "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"].flatMap(
    (keyword) => tagNamed(keyword) ?? [],
  ),
);

interface Keys {
  readonly match: readonly AttributeMatch[];
  readonly problems: readonly { readonly tag: Tag; readonly problem: Problem }[];
}

function keysOf(dataSet: DataSet, above: readonly Tag[]): Keys {
  const match: AttributeMatch[] = [];
  const problems: { tag: Tag; problem: Problem }[] = [];
  for (const element of dataSet.elements) {
    const { tag } = element;
    if (isGroupLength(tag) || noKeys.has(tag)) continue;
    const path = [...above, tag];
    if (element.content.is === "items") {
      const [item] = dataSet.items(tag);
      const inner: Keys = item === undefined ? { match: [], problems: [] } : keysOf(item, path);
      match.push(...inner.match);
      problems.push(...inner.problems);
      continue;
    }
    const test = testOf(element, dataSet);
    if (!test.ok) problems.push({ tag, problem: test.problems[0] });
    else if (test.value !== "any") match.push({ path, test: test.value });
  }
  return { match, problems };
}

function testOf({ tag, vr }: DataElement, dataSet: DataSet): ReturnType<typeof parseMatch> {
  const value = dataSet.texts(tag).join("\\");
  const named = attributeOf(tag)?.vr.split("/").at(-1) ?? vr;
  return parseMatch({ path: [tag], vr: named, text: tagText(tag) }, value.replace(/\\+$/, ""));
}
