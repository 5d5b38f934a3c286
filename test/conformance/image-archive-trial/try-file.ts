import { readdir, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { type Part10File, readPart10 } from "#standards/dicom";
import { MultipartReader } from "#standards/dicomweb";
import { sopClasses } from "#standards/dimse";
import { run } from "../../doors/dcmtk.ts";
import { anInstance, dataSetOf, tryAssociation } from "../../doors/dimse.ts";
import { type ArchiveCase, inflate, plainBytes } from "./case.ts";

export interface ArchiveDoors {
  readonly port: number;
  /** `http://127.0.0.1:8080/dicomweb` */
  readonly base: string;
  readonly token: string;
  /** Where the node that is moved to puts what it gets. */
  readonly sinkFolder: string;
  /** Takes a study away, so that the next file under its UIDs is new again. */
  forget(study: string): Promise<void>;
}

/** Undefined when it came back as it was by both ways with its name right; else what was refused, or is wrong. */
export async function tryFile(doors: ArchiveDoors, given: ArchiveCase): Promise<string | undefined> {
  const { file } = given;
  const uids = ["StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"].map((keyword) =>
    file?.dataSet.text(keyword),
  );
  const sopClass = file?.dataSet.text("SOPClassUID");
  const isSent = file !== undefined && sopClass !== undefined && uids.every((uid) => uid !== undefined);
  if (!isSent) return uploaded(doors, given);
  const [study = "", series = "", instance = ""] = uids as readonly string[];
  const stored = await store(doors, { given, file, sopClass, instance });
  if (stored !== undefined) return stored;
  try {
    const moved = await move(doors, study);
    if (typeof moved === "string") return moved;
    const fetched = await fetchFile(doors, `studies/${study}/series/${series}/instances/${instance}`);
    if (typeof fetched === "string") return fetched;
    for (const [way, back] of [
      ["C-MOVE", moved],
      ["WADO-RS", fetched],
    ] as const)
      if (Buffer.compare(plainBytes(file), plainBytes(back)) !== 0) return `${way} gives another data set`;
    return await nameFault(doors, given.path, study);
  } finally {
    await doors.forget(study);
  }
}

interface Stored {
  readonly given: ArchiveCase;
  readonly file: Part10File;
  readonly sopClass: string;
  readonly instance: string;
}

async function store({ port }: ArchiveDoors, { given, file, sopClass, instance }: Stored): Promise<string | undefined> {
  const transferSyntax = file.syntax.uid;
  const opened = await tryAssociation({ port, contexts: [{ sopClass, transferSyntaxes: [transferSyntax] }] });
  if (!opened.ok) return `no association: ${opened.problems[0].message}`;
  const sent = { ...anInstance(instance, given.body, 64 * 1024), sopClass, transferSyntax };
  const outcome = await opened.value.store(sent);
  await opened.value.release();
  if (outcome.is !== "answered") return `C-STORE: ${JSON.stringify(outcome)}`;
  const { code, comment = "" } = outcome.status;
  return code === 0 ? undefined : `C-STORE ${code.toString(16)}H: ${comment}`;
}

/** What is no object for C-STORE, as somebody would upload it. */
async function uploaded({ base, token, forget }: ArchiveDoors, { bytes }: ArchiveCase): Promise<string> {
  const headers = {
    authorization: `Bearer ${token}`,
    accept: "application/dicom+json",
    "content-type": "application/dicom",
  };
  const reply = await fetch(`${base}/studies`, { method: "POST", headers, body: Buffer.from(bytes) });
  const text = await reply.text();
  const study = /studies\/([0-9.]+)\//.exec(text)?.[1];
  if (reply.ok && study !== undefined) await forget(study);
  return `STOW-RS ${reply.status}: ${text.slice(0, 400)}`;
}

async function move({ port, sinkFolder }: ArchiveDoors, study: string): Promise<Part10File | string> {
  const sopClass = sopClasses.studyRootMove;
  const opened = await tryAssociation({ port, contexts: [{ sopClass }] });
  if (!opened.ok) return `no association: ${opened.problems[0].message}`;
  const identifier = dataSetOf({ QueryRetrieveLevel: "STUDY", StudyInstanceUID: study });
  const moved = await opened.value.move({ sopClass, identifier, destination: "SINK" });
  await opened.value.release();
  if (!moved.ok) return `C-MOVE: ${moved.problems[0].message}`;
  const { status, subOperations } = moved.value;
  if (status.code !== 0 || subOperations.completed !== 1)
    return `C-MOVE ${status.code.toString(16)}H, ${JSON.stringify(subOperations)} ${status.comment ?? ""}`;
  const [name = ""] = await readdir(sinkFolder);
  const bytes = new Uint8Array(await readFile(join(sinkFolder, name)));
  await rm(join(sinkFolder, name));
  return readPart10(bytes, { inflate }).file ?? "C-MOVE brought no DICOM file";
}

async function fetchFile({ base, token }: ArchiveDoors, path: string): Promise<Part10File | string> {
  const accept = 'multipart/related; type="application/dicom"; transfer-syntax=*';
  const reply = await fetch(`${base}/${path}`, { headers: { authorization: `Bearer ${token}`, accept } });
  if (reply.status !== 200) return `WADO-RS ${reply.status}: ${(await reply.text()).slice(0, 200)}`;
  const boundary = /boundary="?([^";]+)/.exec(reply.headers.get("content-type") ?? "")?.[1] ?? "";
  const reader = new MultipartReader(boundary);
  const pieces: Uint8Array[] = [];
  for (const event of reader.push(new Uint8Array(await reply.arrayBuffer())))
    if (event.is === "bytes") pieces.push(event.bytes);
  return readPart10(new Uint8Array(Buffer.concat(pieces)), { inflate }).file ?? "WADO-RS gave no DICOM file";
}

/**
 * What dcmdump does not read: Japanese of ISO 2022, which its build lacks, a file that is cut off, and one that mixes elements
 * with and without VRs. Source: PS3.5 Annex H; the files' own bytes.
 */
const namesByHand: Readonly<Record<string, string>> = {
  "chrH31.dcm": "Yamada^Tarou=山田^太郎=やまだ^たろう",
  "chrH32.dcm": "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう",
  "chrJapMulti.dcm": "やまだ^たろう",
  "chrJapMultiExplicitIR6.dcm": "やまだ^たろう",
  "J2K_pixelrep_mismatch.dcm": "JXD191021006",
  "MR_truncated.dcm": "CompressedSamples^MR1",
  "SC_rgb_jpeg.dcm": "",
};

/** The patient's name as QIDO-RS tells it, compared with what DCMTK makes of the file. */
async function nameFault({ base, token }: ArchiveDoors, path: string, study: string): Promise<string | undefined> {
  const headers = { authorization: `Bearer ${token}`, accept: "application/dicom+json" };
  const reply = await fetch(`${base}/studies?StudyInstanceUID=${study}`, { headers });
  const [row] = (await reply.json()) as readonly JsonObject[];
  const own = groupsOf(row?.["00100010"]);
  const read = namesByHand[basename(path)] ?? (await nameByDcmtk(path));
  if (read === undefined) return `a name that dcmdump does not read: ${own}`;
  return trimmed(read) === own ? undefined : `the name is ${own}, and dcmdump reads ${read}`;
}

async function nameByDcmtk(path: string): Promise<string | undefined> {
  const { code, said } = await run("dcmdump", ["-q", "+U8", "+L", "+P", "0010,0010", path]);
  const name = /^\(0010,0010\) PN \[(.*?)\s*\] +#/m.exec(said)?.[1];
  return name ?? (code === 0 ? "" : undefined);
}

function trimmed(name: string): string {
  return name
    .split("=")
    .map((group) => group.trim().replace(/\^+$/, ""))
    .join("=")
    .replace(/=+$/, "");
}

function groupsOf(element: Json | undefined): string {
  const values = isJsonObject(element ?? null) ? (element as JsonObject).Value : undefined;
  const [name] = Array.isArray(values) ? (values as readonly Json[]) : [];
  if (!isJsonObject(name ?? null)) return "";
  const { Alphabetic = "", Ideographic = "", Phonetic = "" } = name as JsonObject;
  return trimmed([Alphabetic, Ideographic, Phonetic].join("="));
}
