import { type DisclosureEntry, type Ground, grounds, groundsOf } from "./disclosure.ts";
import { dated, wordsOf } from "./readable.ts";

type Pdf = PDFKit.PDFDocument;

/** The facts that the letter in front states. */
export interface PackLetter {
  readonly reference: string;
  readonly person: string;
  readonly madeOn: string;
  readonly span: string;
  readonly entries: readonly DisclosureEntry[];
}

const margin = 56;
const linesPt = 9;
const [dark, grey, red] = ["#16202a", "#4a5763", "#8f1d1d"];

/** A document that is read from while it is written: what is drawn is taken away with `drawn`. */
export async function openPack({ reference, person }: PackLetter): Promise<Pdf> {
  // With its fonts it is 2 MB of source, so it waits for the first pack.
  const { default: PDFDocument } = await import("pdfkit");
  const info = { Title: `Your data: ${reference}`, Author: person, Subject: "Subject access request" };
  const pdf = new PDFDocument({ size: "A4", margin, info, lang: "en-GB", displayTitle: true, autoFirstPage: false });
  let number = 0;
  pdf.on("pageAdded", () => {
    number += 1;
    footer(pdf, `${reference} · page ${number}`);
  });
  return pdf;
}

/** What has been drawn since it was last asked. */
export function* drawn(pdf: Pdf): Generator<Uint8Array> {
  for (let chunk: Uint8Array | null = pdf.read(); chunk !== null; chunk = pdf.read()) yield chunk;
}

function footer(pdf: Pdf, text: string): void {
  const { bottom } = pdf.page.margins;
  pdf.page.margins.bottom = 0;
  pdf
    .font("Helvetica")
    .fontSize(8)
    .fillColor(grey)
    .text(printable(text), margin, pdf.page.height - 36, { lineBreak: false });
  pdf.page.margins.bottom = bottom;
  // What breaks over two pages goes on as it was: mostly the lines of a document.
  pdf.fontSize(linesPt).fillColor(dark);
  pdf.x = margin;
  pdf.y = margin;
}

/** The letter, what was withheld and why, and what is where. */
export function drawFront(pdf: Pdf, letter: PackLetter): void {
  pdf.addPage();
  heading(pdf, `Your request ${letter.reference}`, 20);
  const { given, redactedCount, withheld } = countsOf(letter.entries);
  body(pdf, [
    dated(letter.madeOn),
    `To ${letter.person}`,
    `You asked for the data that we hold about you${letter.span}. Here it is: ${counted(given + redactedCount)}${redactedCount === 0 ? "" : `, of which ${redactedCount} have parts taken out`}.${withheld === 0 ? "" : ` ${counted(withheld)} ${withheld === 1 ? "is" : "are"} withheld; the law lets us do that, and the grounds are listed below.`}`,
    "The first part, this file, is for reading. fhir/bundle.json holds the same in the form that computers exchange (HL7 FHIR R4), images.csv lists the images that were taken of you, who-looked.csv says who looked at your record, and the folders documents and messages hold files as they came to us.",
    "We use your data to care for you and to run the hospital, as the law asks of us (UK GDPR articles 6(1)(e) and 9(2)(h)). It is kept for as long as the Records Management Code of Practice says. You may ask us to correct it, to restrict what we do with it, and you may object.",
    "If you are not content with this answer, write to us: we acknowledge a complaint within 30 days. You may also complain to the Information Commissioner's Office, Wycliffe House, Water Lane, Wilmslow SK9 5AF, telephone 0303 123 1113, ico.org.uk.",
  ]);
  const told = groundCounts(letter.entries);
  if (told.length > 0) heading(pdf, "What is withheld, and why", 14);
  body(
    pdf,
    told.map(([ground, count]) => `${count} × ${grounds[ground]}`),
  );
  contents(pdf, letter.entries);
}

function counted(count: number): string {
  return count === 1 ? "1 document" : `${count} documents`;
}

function contents(pdf: Pdf, entries: readonly DisclosureEntry[]): void {
  pdf.addPage();
  heading(pdf, "What is in it", 16);
  const kinds = [...new Set(entries.map(({ kind }) => kind))];
  kinds.forEach((kind, at) => {
    const of = entries.filter((entry) => entry.kind === kind);
    const dates = of.flatMap(({ date }) => date?.slice(0, 10) ?? []).sort();
    const span = dates.length === 0 ? "" : `, ${dated(dates[0] ?? "")} to ${dated(dates.at(-1) ?? "")}`;
    const text = `${sectionMark(at)}  ${kindTitle(kind)}: ${of.length}${span}`;
    pdf.font("Helvetica").fontSize(11).fillColor(dark).text(printable(text), { goTo: kind, paragraphGap: 4 });
  });
}

/** How far down a page a new part still begins on it. */
const sectionShareMax = 0.6;

/** Begins the part of a kind; contents and outline lead here. */
export function drawSection(pdf: Pdf, kind: string, at: number): void {
  if (at === 0 || pdf.y > pdf.page.height * sectionShareMax) pdf.addPage();
  else pdf.moveDown(1);
  pdf.addNamedDestination(kind);
  const title = `${sectionMark(at)}  ${kindTitle(kind)}`;
  pdf.outline.addItem(printable(title));
  heading(pdf, title, 16);
}

export interface DrawnEntry {
  readonly mark: string;
  readonly entry: DisclosureEntry;
  /** Absent: it is withheld. */
  readonly lines?: readonly string[];
}

export function drawEntry(pdf: Pdf, { mark, entry, lines }: DrawnEntry): void {
  if (pdf.y > pdf.page.height - 110) pdf.addPage();
  const title = lines === undefined ? "Withheld" : entry.title === entry.kind ? kindTitle(entry.kind) : entry.title;
  const head = [mark, title, entry.date && dated(entry.date.slice(0, 10))]
    .filter((part) => part !== undefined)
    .join("  ");
  pdf.font("Helvetica-Bold").fontSize(10.5).fillColor(dark).text(printable(head), margin);
  for (const ground of new Set(groundsOf(entry.decision))) {
    const what = lines === undefined ? "Withheld" : "Parts withheld, marked [withheld]";
    pdf
      .font("Helvetica-Oblique")
      .fontSize(9)
      .fillColor(red)
      .text(printable(`${what}: ${grounds[ground]}`));
  }
  if (lines !== undefined && lines.length > 0) {
    pdf.font("Helvetica").fontSize(linesPt).fillColor(dark).text(lines.map(printable).join("\n"), { lineGap: 1 });
  }
  pdf.moveDown(0.7);
}

function heading(pdf: Pdf, text: string, size: number): void {
  pdf.font("Helvetica-Bold").fontSize(size).fillColor(dark).text(printable(text), margin);
  pdf.moveDown(0.6);
}

function body(pdf: Pdf, paragraphs: readonly string[]): void {
  pdf.font("Helvetica").fontSize(11).fillColor(dark);
  for (const paragraph of paragraphs) pdf.text(printable(paragraph), { paragraphGap: 9, lineGap: 2 });
}

function countsOf(entries: readonly DisclosureEntry[]) {
  const count = (is: string) => entries.filter(({ decision }) => decision?.is === is).length;
  return { given: count("give"), redactedCount: count("redact"), withheld: count("withhold") };
}

function groundCounts(entries: readonly DisclosureEntry[]): readonly (readonly [Ground, number])[] {
  const counts = new Map<Ground, number>();
  for (const { decision } of entries) {
    for (const ground of new Set(groundsOf(decision))) counts.set(ground, (counts.get(ground) ?? 0) + 1);
  }
  return [...counts];
}

const kindTitles: Readonly<Record<string, string>> = {
  Patient: "Who you are",
  LinkMessage: "Messages that came from other systems",
  Binary: "Files",
  DiagnosticReport: "Reports",
  Observation: "Results and measurements",
  Encounter: "Stays and visits",
  Condition: "Problems and diagnoses",
  ServiceRequest: "Tests and services ordered",
  DocumentReference: "Letters and documents",
  AllergyIntolerance: "Allergies",
  Basic: "Further details that came with messages",
  Procedure: "Operations and procedures",
  Specimen: "Samples",
  ImagingStudy: "Images",
};

function kindTitle(kind: string): string {
  return kindTitles[kind] ?? wordsOf(kind);
}

/** A, B, … Z, AA, AB … */
export function sectionMark(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : `${sectionMark(Math.floor(at / 26) - 1)}${letter}`;
}

/** The fonts that every reader has hold Windows' Western letters; others are written without their accents, or as a mark. */
function printable(text: string): string {
  return text.replace(
    /[^\t\n\u0020-\u007e\u00a0-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u20ac]/gu,
    (letter) => {
      const plain = letter.normalize("NFD").replace(/\p{M}/gu, "");
      return plain !== letter && /^[\u0020-\u007e]+$/.test(plain) ? plain : (others[letter] ?? "?");
    },
  );
}

const others: Readonly<Record<string, string>> = {
  "\u0141": "L",
  "\u0142": "l",
  "\u0110": "D",
  "\u0111": "d",
  "\u0131": "i",
  "\u2212": "-",
  "\u2264": "<=",
  "\u2265": ">=",
  "\u03bc": "\u00b5",
  "\u2192": "->",
};
