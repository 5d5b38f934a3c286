import type { Context } from "#access";
import { csvLine, isJsonObject, type Json, type JsonObject, limits } from "#kernel";
import type { BlobHash } from "#record";
import type { DisclosureEntry } from "./disclosure.ts";
import { conceptText, dateOf } from "./entry-of.ts";
import { type PackedEntry, PackStopped, packedEntries } from "./pack-content.ts";
import { drawEntry, drawFront, drawn, drawSection, openPack, type PackLetter, sectionMark } from "./pack-pdf.ts";
import type { ZipFile } from "./pack-zip.ts";
import { type NamedReference, readableLines } from "./readable.ts";
import { whoLooked } from "./who-looked.ts";

export interface PackNeeds {
  /** Sees what is held. */
  readonly own: Context;
  readonly letter: PackLetter;
  readonly patient: string;
  /** Told with each document that is done, in each of the passes. */
  readonly step: () => void;
  /** Throws when nothing more is to be done. */
  readonly signal: AbortSignal;
}

/** How often `step` is called for each document. */
export const packPasses = 2;

/** The files of a pack, in their order; each is read from the record when it is its turn. */
export async function* packFiles(needs: PackNeeds): AsyncGenerator<ZipFile> {
  yield { name: "your-data.pdf", content: pdfContent(needs) };
  const attached: Attached[] = [];
  yield { name: "fhir/bundle.json", content: bundleContent(needs, attached) };
  yield { name: "images.csv", content: imagesContent(needs) };
  yield { name: "who-looked.csv", content: lookedContent(needs) };
  for (const { name, entry, at } of attached) {
    needs.signal.throwIfAborted();
    yield { name, content: attachedContent(needs, entry, at) };
  }
}

async function* pdfContent({ own, letter, step, signal }: PackNeeds): AsyncGenerator<Uint8Array> {
  const pdf = await openPack(letter);
  drawFront(pdf, letter);
  const kinds = [...new Set(letter.entries.map(({ kind }) => kind))];
  const marks = marksOf(letter.entries);
  const named = (reference: string) => marks.get(reference);
  let section = -1;
  for await (const { entry, body } of packedEntries(own, letter.entries)) {
    signal.throwIfAborted();
    if (kinds[section] !== entry.kind) {
      section += 1;
      drawSection(pdf, entry.kind, section);
    }
    const mark = marks.get(`${entry.kind}/${entry.id}`)?.split(" ", 1)[0] ?? "";
    drawEntry(pdf, { mark, entry, ...(body === undefined ? {} : { lines: linesOf(entry, body, named) }) });
    step();
    yield* drawn(pdf);
  }
  pdf.end();
  for await (const chunk of pdf as AsyncIterable<Buffer>) yield chunk;
}

/** Where each document stands and what it is, by its reference: `E4 Full blood count`. Of the person themselves nothing is said. */
function marksOf(entries: readonly DisclosureEntry[]): ReadonlyMap<string, string> {
  const marks = new Map<string, string>();
  let [section, number, last] = [-1, 0, ""];
  for (const { kind, id, title, decision } of entries) {
    if (kind !== last) [section, number, last] = [section + 1, 0, kind];
    number += 1;
    marks.set(
      `${kind}/${id}`,
      `${sectionMark(section)}${number} ${decision?.is === "withhold" ? "(withheld)" : title}`,
    );
  }
  return marks;
}

function linesOf({ kind, id }: DisclosureEntry, body: JsonObject, marks: NamedReference): readonly string[] {
  const named = (reference: string) => (reference.startsWith("Patient/") ? undefined : marks(reference));
  if (kind === "Binary") return [`The file is documents/${id}.${extensionOf(body.contentType)}`];
  if (kind !== "LinkMessage") return readableLines(body, named);
  return [`${conceptText(body.type) ?? "A message"} over the link ${String(body.link)}: messages/${id}.txt`];
}

/** A file beside the printed part: the content of a document, or a message as it came. */
interface Attached {
  readonly name: string;
  readonly entry: DisclosureEntry;
  /** Which attachment of the document; absent: the document is the file. */
  readonly at?: number;
}

/** A collection, entry by entry. Messages are no FHIR; they are files. */
async function* bundleContent(
  { own, letter, step, signal }: PackNeeds,
  attached: Attached[],
): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  yield Buffer.from('{"resourceType":"Bundle","type":"collection","entry":[');
  for await (const { entry, body } of packedEntries(own, letter.entries)) {
    signal.throwIfAborted();
    step();
    if (body === undefined) continue;
    attached.push(...attachedOf(entry, body));
    if (entry.kind === "LinkMessage") continue;
    yield Buffer.from(`${isFirst ? "\n" : ",\n"}${JSON.stringify({ resource: withoutBlob(body) })}`);
    isFirst = false;
  }
  yield Buffer.from("\n]}\n");
}

/** Content that is kept beside its document is among the files. */
function withoutBlob({ _data, ...body }: JsonObject): JsonObject {
  return body;
}

/** Of what was redacted, embedded files have been taken out with the rest. */
function attachedOf(entry: DisclosureEntry, body: JsonObject): readonly Attached[] {
  const { kind, id } = entry;
  if (kind === "LinkMessage") return [{ name: `messages/${id}.txt`, entry }];
  if (kind === "Binary") return [{ name: `documents/${id}.${extensionOf(body.contentType)}`, entry }];
  return embeddedIn(body).map(({ contentType }, at) => ({
    name: `documents/${kind}-${id}-${at + 1}.${extensionOf(contentType)}`,
    entry,
    at,
  }));
}

interface Embedded {
  readonly contentType: Json | undefined;
  readonly data: string;
}

function embeddedIn(value: Json, depth = 0): readonly Embedded[] {
  if (depth > 6) return [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => embeddedIn(item, depth + 1));
  if (!isJsonObject(value)) return [];
  if (typeof value.data === "string" && typeof value.contentType === "string") {
    return [{ contentType: value.contentType, data: value.data }];
  }
  return Object.values(value).flatMap((member) => embeddedIn(member, depth + 1));
}

async function* attachedContent({ own }: PackNeeds, entry: DisclosureEntry, at: number | undefined) {
  for await (const { body } of packedEntries(own, [entry])) {
    if (body === undefined) throw new PackStopped("A document that was given is withheld now.");
    yield await contentOf(own, { entry, body }, at);
  }
}

async function contentOf(
  own: Context,
  { entry, body }: Required<PackedEntry>,
  at: number | undefined,
): Promise<Uint8Array> {
  if (at !== undefined) return Buffer.from(embeddedIn(body)[at]?.data ?? "", "base64");
  if (entry.kind === "LinkMessage") return rawOf(own, body);
  return typeof body.data === "string" ? Buffer.from(body.data, "base64") : largeContent(own, body);
}

/** Bytes that need not be kept any more are gone: the pack says so in the file. */
async function rawOf(own: Context, { raw }: JsonObject): Promise<Uint8Array> {
  const hash = isJsonObject(raw ?? null) ? (raw as JsonObject).hash : undefined;
  const read = await own.record.readBlob(String(hash) as BlobHash);
  return read.ok ? read.value : Buffer.from("The message as it came is not kept any more.\n");
}

/** A large Binary is kept beside its document. */
async function largeContent(own: Context, body: JsonObject): Promise<Uint8Array> {
  const hash = /"([0-9a-f]{64})"/.exec(JSON.stringify(body))?.[1];
  const read = hash === undefined ? undefined : await own.record.readBlob(hash as BlobHash);
  return read?.ok ? read.value : Buffer.from("The content of this file could not be read.\n");
}

async function* imagesContent({ own, letter }: PackNeeds): AsyncGenerator<Uint8Array> {
  const studies = letter.entries.filter(({ kind }) => kind === "ImagingStudy" || kind === "Media");
  yield Buffer.from(csvLine(["Date", "What", "Kind", "Series", "Pictures", "Study"]));
  for await (const { entry, body } of packedEntries(own, studies)) {
    if (body === undefined) {
      yield Buffer.from(csvLine([entry.date?.slice(0, 10) ?? "", "Withheld", "", "", "", ""]));
      continue;
    }
    const series = Array.isArray(body.series) ? body.series.length : "";
    const modality = conceptText(body.modality) ?? conceptText(body.type) ?? "";
    const uid = Array.isArray(body.identifier) ? ((body.identifier[0] as JsonObject).value ?? "") : "";
    const cells = [dateOf(body)?.slice(0, 10), entry.title, modality, series, body.numberOfInstances, uid];
    yield Buffer.from(csvLine(cells.map((cell) => String(cell ?? ""))));
  }
}

async function* lookedContent({ own, patient, signal }: PackNeeds): AsyncGenerator<Uint8Array> {
  yield Buffer.from(csvLine(["Day", "Who", "What was done", "For what", "Times"]));
  let told = 0;
  for await (const { day, who, did, why, times } of whoLooked(own, patient)) {
    signal.throwIfAborted();
    told += times;
    yield Buffer.from(csvLine([day, who, did, why, String(times)]));
  }
  if (told >= limits.packLookedMax) yield Buffer.from(csvLine(["", "Earlier entries are left out.", "", "", ""]));
}

const extensions: Readonly<Record<string, string>> = {
  "application/pdf": "pdf",
  "text/plain": "txt",
  "text/html": "html",
  "application/rtf": "rtf",
  "text/rtf": "rtf",
  "image/jpeg": "jpg",
  "image/png": "png",
};

function extensionOf(contentType: Json | undefined): string {
  return extensions[String(contentType).split(";")[0]?.trim() ?? ""] ?? "bin";
}
