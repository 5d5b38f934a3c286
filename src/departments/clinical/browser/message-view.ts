import { limits, toIso } from "#kernel";
import { parseBody, type Version } from "#record";
import type { CodeableConcept, HumanName, Resource } from "#standards/fhir";
import type { MessageView, RawView, StateView, WrittenView } from "../api.ts";
import { codedText } from "../chart/coded-text.ts";
import { bannerName } from "../chart/person-name.ts";
import type { ResourceMap } from "../chart/resource-map.ts";
import type { LinkMessage, MessageReason, WrittenResource } from "../messages/link-message.ts";
import { present } from "../messages/present.ts";
import { endText, messageRow, reasonView, reasonViews, stateText } from "./message-row.ts";
import { type Books, ledgerView, outcomesOf } from "./outcomes.ts";
import { parsedView } from "./parsed-view.ts";
import { shortened } from "./segment-view.ts";

export interface MessageSource {
  readonly version: Version;
  /** Every version of it, newest first. */
  readonly history: readonly Version[];
  /** As received. */
  readonly bytes: Uint8Array;
  /** What it wrote, as it is now. */
  readonly resources: ResourceMap;
  readonly books: Books;
  /** Why it could not be mapped at once. */
  readonly delay: readonly MessageReason[];
}

export function messageView({ version, history, bytes, resources, books, delay }: MessageSource): MessageView {
  const message = parseBody<LinkMessage>(version);
  const { acknowledgement } = message;
  const { lines, segments, problems, patientName } = parsedView(bytes, message.format);
  const raw = rawView(version.id, message, lines);
  return present<MessageView>({
    ...messageRow(version.id, message, delay),
    connection: message.connection,
    sentAt: message.sentAt,
    receiver: endText(message.receiver),
    patientName: patientName && bannerName(patientName),
    raw,
    segments: segments(raw.lines.length, outcomesOf(message, books)),
    remarks: problems.map(reasonView),
    resources: message.resources.map((written) => writtenView(written, resources)),
    acknowledgement:
      acknowledgement === undefined
        ? undefined
        : { code: acknowledgement.code, sentAt: acknowledgement.sentAt, lines: linesOf(acknowledgement.text) },
    ledger: ledgerView(message, books.reasonText),
    states: history.toReversed().map((each) => stateView(each, delay)),
  });
}

/** As many segments as fit; a long value in one of them is cut. */
function rawView(id: string, { raw }: LinkMessage, segments: readonly string[]): RawView {
  const lines: string[] = [];
  let characters = 0;
  let cut = false;
  for (const segment of segments) {
    const line = shortened(segment);
    characters += line.text.length;
    if (characters > limits.messageShownCharactersMax) break;
    cut ||= line.cut === true;
    lines.push(line.text);
  }
  return {
    lines,
    cut: cut || lines.length < segments.length,
    charset: raw.charset,
    sizeBytes: raw.sizeBytes,
    hash: raw.hash,
    url: `/api/clinical/messages/${id}/raw`,
  };
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/).filter((line) => line !== "");
}

function stateView(version: Version, delay: readonly MessageReason[]): StateView {
  const message = parseBody<LinkMessage>(version);
  const { state } = message;
  return { state, stateText: stateText(state), at: toIso(version.at), reasons: reasonViews(message, delay) };
}

function writtenView(written: WrittenResource, resources: ResourceMap): WrittenView {
  const reference = `${written.kind}/${written.id}`;
  const resource = resources.get<Resource>(written.kind, reference);
  return {
    ...written,
    reference,
    text: (resource === undefined ? undefined : wordsFor(resource)) ?? written.kind,
    url: `/fhir/${reference}/_history/${written.version}`,
  };
}

/** The code of a result, order or report; the name of a patient; the type of a specimen. */
function wordsFor(resource: Resource): string | undefined {
  const { code, type, name } = resource as Resource & {
    readonly code?: CodeableConcept;
    readonly type?: CodeableConcept | readonly CodeableConcept[];
    readonly name?: string | readonly HumanName[];
  };
  if (typeof name === "string") return name;
  if (Array.isArray(name) && name[0] !== undefined) return bannerName(name[0] as HumanName);
  return codedText(code)?.text ?? (Array.isArray(type) ? undefined : codedText(type as CodeableConcept)?.text);
}
