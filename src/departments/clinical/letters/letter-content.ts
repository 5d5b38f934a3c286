import type { Attachment, Binary, DocumentReference } from "#standards/fhir";
import { deterministicId } from "../messages/deterministic-id.ts";
import type { ObservationGroup } from "../messages/groups.ts";
import type { SegmentReader } from "../messages/message-reader.ts";
import type { PlannedCompanion } from "../messages/plan.ts";
import { list, present } from "../messages/present.ts";
import { type AttachedContent, attachmentIn, carryAttachment, type SentAttachment } from "../results/attachment.ts";
import { joinLines, type ObservationText } from "../results/text-report.ts";
import { textOf } from "../results/value.ts";

export interface LetterParts {
  readonly parts: DocumentReference["content"];
  readonly binaries: readonly PlannedCompanion[];
}

interface LetterPlace {
  /** Id of the DocumentReference. */
  readonly of: string;
  readonly where: string;
  readonly title: string | undefined;
}

/**
 * What the OBX of a document hold, in their order: files as they are, and all lines of text together as one text in its
 * layout. Each is named by its OBX-3, else as the document is. A document without content has an attachment with a title
 * alone, since FHIR wants one.
 */
export function letterContent(groups: readonly ObservationGroup[], place: LetterPlace): LetterParts {
  const contents: LetterPart[] = [];
  let text: Extract<LetterPart, { readonly is: "text" }> | undefined;
  for (const part of joinLines(groups)) {
    const attachment = attachmentIn(part);
    const title = nameOf(part.obx) ?? place.title;
    const [first] = groups;
    for (const line of part.furtherLines) line.carrySame(part.obx);
    if (first !== undefined && first.obx !== part.obx) part.obx.carrySame(first.obx);
    if (attachment !== undefined) {
      carryAttachment(part);
      contents.push({ is: "file", attachment, title });
    } else if (text === undefined) {
      text = { is: "text", lines: linesOf(part), title };
      contents.push(text);
    } else {
      text.lines.push(...linesOf(part));
    }
  }
  const parts = contents.map((content, at) => partOf(content, { ...place, number: at }));
  const empty = { attachment: { title: place.title ?? "Document without content" } };
  return {
    parts: (list(...parts.map(({ attachment }) => ({ attachment }))) ?? [empty]) as DocumentReference["content"],
    binaries: parts.flatMap(({ binary }) => binary ?? []),
  };
}

type LetterPart =
  | { readonly is: "file"; readonly attachment: SentAttachment; readonly title: string | undefined }
  | { readonly is: "text"; readonly lines: string[]; readonly title: string | undefined };

interface Part {
  readonly attachment: Attachment;
  readonly binary?: PlannedCompanion;
}

function partOf(part: LetterPart, { of, where, number }: LetterPlace & { readonly number: number }): Part {
  const { title } = part;
  if (part.is === "file" && part.attachment.is === "address") {
    const { contentType, url } = part.attachment;
    return { attachment: present<Attachment>({ contentType, url, title }) };
  }
  const [contentType, data] =
    part.is === "text"
      ? ["text/plain;charset=utf-8", Buffer.from(part.lines.join("\n"))]
      : contentOf(part.attachment as AttachedContent);
  const id = deterministicId("Binary", of, String(number));
  const resource: Binary = { resourceType: "Binary", contentType, data: data.toString("base64") };
  return {
    attachment: present<Attachment>({ contentType, url: `Binary/${id}`, size: data.length, title }),
    binary: { rule: "companion", id, of, where, resource },
  };
}

function contentOf({ contentType, base64 }: AttachedContent): readonly [string, Buffer] {
  return [contentType, Buffer.from(base64, "base64")];
}

/** The words of OBX-3 are the name of this part of a document; OBX-11 says again what its TXA says. */
function nameOf(obx: SegmentReader): string | undefined {
  obx.text(11);
  const name = obx.field(3);
  return name?.text(9) ?? name?.text(2) ?? name?.text(5);
}

function linesOf({ obx, furtherLines }: ObservationText): string[] {
  return [obx, ...furtherLines].flatMap((line) => {
    line.text(2);
    return textOf(line).split("\n");
  });
}
