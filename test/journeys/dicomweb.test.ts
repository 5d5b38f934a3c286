/** Images over the web: stored, found, fetched and shown by `dicomweb-client` and curl. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { promisify } from "node:util";
import type { JsonObject } from "#kernel";
import { dicomJson, type Part10File, readPart10 } from "#standards/dicom";
import { MultipartReader, multipartWriter } from "#standards/dicomweb";
import { runCommand } from "../command.ts";
import { testData } from "../data.ts";
import { type RunningProgram, startProgram } from "../program.ts";
import { requireTool } from "../tools.ts";
import { aDicomwebClient } from "./dicomweb-client.ts";

// DICOM PS3.18.

const files = testData("dicom/test_files");
const curl = requireTool("curl");
const run = promisify(execFile);
const json = "application/dicom+json";
const kept = 'multipart/related; type="application/dicom"; transfer-syntax=*';

let folder = "";
let corridor: RunningProgram;
let base = "";
let token = "";

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "corridor-dicomweb-"));
  corridor = startProgram(["serve", "--json"], { CORRIDOR_DATA: join(folder, "data") });
  const { http } = JSON.parse(await corridor.firstLine()) as { http: string };
  base = `${http}/dicomweb`;
  token = await issue("system/*.cruds corridor/images.keep");
});

after(async () => {
  await corridor.stop("SIGTERM");
  await rm(folder, { recursive: true, force: true });
});

async function issue(scope: string): Promise<string> {
  const words = ["token", "--scope", scope, "--ttl", "1h"];
  return (await runCommand(words, { CORRIDOR_DATA: join(folder, "data") })).out.trim();
}

function ask(
  path: string,
  accept: string,
  more: RequestInit & { readonly own?: Record<string, string> } = {},
): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, accept, ...more.own };
  return fetch(path.startsWith("http") ? path : `${base}${path}`, { ...more, headers });
}

async function rows(path: string): Promise<readonly JsonObject[]> {
  const reply = await ask(path, json);
  assert.equal(reply.status, 200, path);
  return (await reply.json()) as readonly JsonObject[];
}

function first(row: JsonObject | undefined, key: string): unknown {
  return (row?.[key] as { readonly Value?: readonly unknown[] } | undefined)?.Value?.[0];
}

async function store(
  type: string,
  parts: readonly (readonly [Record<string, string>, Uint8Array])[],
): Promise<Response> {
  const writer = multipartWriter("corridor-test", type);
  const body = Buffer.concat([...parts.flatMap(([headers, bytes]) => [writer.head(headers), bytes]), writer.end]);
  return ask("/studies", json, { method: "POST", body, own: { "content-type": writer.contentType } });
}

function contents(body: Uint8Array, type: string | null): readonly Uint8Array[] {
  const reader = new MultipartReader(/boundary=([^;]+)/.exec(type ?? "")?.[1] ?? "");
  const parts: Uint8Array[][] = [];
  for (const event of reader.push(body)) {
    if (event.is === "part") parts.push([]);
    if (event.is === "bytes") parts.at(-1)?.push(event.bytes);
  }
  return parts.map((pieces) => Buffer.concat(pieces));
}

/** Mrs Müller's two slices as metadata with their pixels beside them. */
function slice(number: number): JsonObject {
  const text = (vr: string, ...values: (string | number)[]) => ({ vr, Value: values });
  return {
    "00080005": text("CS", "ISO_IR 192"),
    "00080016": text("UI", "1.2.840.10008.5.1.4.1.1.2"),
    "00080018": text("UI", `1.2.826.7.1.1.${number}`),
    "00080020": text("DA", "20260301"),
    "00080060": text("CS", "CT"),
    "00100010": { vr: "PN", Value: [{ Alphabetic: "Müller^Änne", Ideographic: "山田^花子" }] },
    "00100020": text("LO", "M-1"),
    "0020000D": text("UI", "1.2.826.7.1"),
    "0020000E": text("UI", "1.2.826.7.1.1"),
    "00200013": text("IS", number),
    "00280002": text("US", 1),
    "00280004": text("CS", "MONOCHROME2"),
    "00280010": text("US", 16),
    "00280011": text("US", 16),
    "00280100": text("US", 16),
    "00280101": text("US", 12),
    "00280102": text("US", 11),
    "00280103": text("US", 0),
    "7FE00010": { vr: "OW", BulkDataURI: `pixels/${number}` },
  };
}

const pixels = Uint8Array.from({ length: 512 }, (_, index) => (index % 2 === 0 ? index / 2 : 3));

test("metadata with bulk data are stored, and found by name in either writing, accents or not", async () => {
  const bulk = [1, 2].map(
    (number) =>
      [{ "Content-Type": "application/octet-stream", "Content-Location": `pixels/${number}` }, pixels] as const,
  );
  const reply = await store(json, [
    [{ "Content-Type": json }, Buffer.from(JSON.stringify([slice(1), slice(2)]))],
    ...bulk,
  ]);
  assert.equal(reply.status, 200);
  assert.equal(((await reply.json()) as Record<string, { Value: unknown[] }>)["00081199"]?.Value.length, 2);
  for (const name of ["Müller*", "muller*", "山田*", "*花子"]) {
    const [row, ...others] = await rows(`/studies?PatientName=${encodeURIComponent(name)}`);
    assert.deepEqual([first(row, "00201208"), others.length], [2, 0], name);
  }
  assert.equal((await rows("/studies?PatientName=Schmidt*")).length, 0);
});

test("a misspelt keyword is refused with what it may have been, and what nobody can have by 406", {
  skip: curl.skip,
}, async () => {
  const status = async (...words: readonly string[]) => {
    const { stdout } = await run(curl.path, [
      "-sS",
      "-w",
      "\n%{http_code}",
      "-H",
      `Authorization: Bearer ${token}`,
      ...words,
    ]);
    return stdout;
  };
  assert.match(await status(`${base}/studies?PatientNmae=x`), /Did you mean PatientName\?[\s\S]*400$/);
  assert.match(await status("-H", "Accept: text/html", `${base}/studies`), /406$/);
  assert.match(await status("-X", "OPTIONS", base), /<resource path="studies\/\{study\}\/metadata">[\s\S]*200$/);
  const instance = `${base}/studies/1.2.826.7.1/series/1.2.826.7.1.1/instances/1.2.826.7.1.1.1`;
  assert.match(await status("-o", join(folder, "bulk"), "-r", "2-5", `${instance}/bulk/7FE00010`), /206$/);
  assert.deepEqual(new Uint8Array(await readFile(join(folder, "bulk"))), pixels.subarray(2, 6));
  assert.match(await status("-r", "9999-", `${instance}/bulk/7FE00010`), /416$/);
  assert.match(
    await status(
      "-o",
      join(folder, "wado"),
      `${base}?requestType=WADO&studyUID=1.2.826.7.1&seriesUID=1.2.826.7.1.1&objectUID=1.2.826.7.1.1.1&contentType=image/png`,
    ),
    /200$/,
  );
  assert.equal((await readFile(join(folder, "wado"))).subarray(1, 4).toString(), "PNG");
});

const nothing = new ArrayBuffer(0);

test("dicomweb-client finds, reads metadata, frames, pictures and whole series", async () => {
  const client = aDicomwebClient(base, token);
  const uids = {
    studyInstanceUID: "1.2.826.7.1",
    seriesInstanceUID: "1.2.826.7.1.1",
    sopInstanceUID: "1.2.826.7.1.1.1",
  };
  const found = await client.searchForStudies({ queryParams: { PatientID: "M-1" } });
  assert.equal(first(found[0], "0020000D"), "1.2.826.7.1");
  const metadata = await client.retrieveSeriesMetadata(uids);
  assert.equal(metadata.length, 2);
  const BulkDataURI = (metadata[0]?.["7FE00010"] as { readonly BulkDataURI?: string } | undefined)?.BulkDataURI;
  const [bulk] = await client.retrieveBulkData({ BulkDataURI });
  assert.deepEqual(new Uint8Array(bulk ?? nothing), pixels);
  const [frame] = await client.retrieveInstanceFrames({ ...uids, frameNumbers: [1] });
  assert.deepEqual(new Uint8Array(frame ?? nothing), pixels);
  const rendered = await client.retrieveInstanceRendered({ ...uids, mediaTypes: [{ mediaType: "image/jpeg" }] });
  const [picture] = [rendered].flat();
  assert.deepEqual([...new Uint8Array(picture ?? nothing).subarray(0, 2)], [0xff, 0xd8]);
  const series = await client.retrieveSeries(uids);
  const { file } = readPart10(new Uint8Array(series[1] ?? nothing));
  assert.equal(file?.dataSet.text("PatientName"), "Müller^Änne=山田^花子");
});

test("who has the metadata already is told so, and pages and counts agree", async () => {
  const reply = await ask("/studies/1.2.826.7.1/metadata", json);
  const etag = reply.headers.get("etag") ?? "";
  assert.equal((await ask("/studies/1.2.826.7.1/metadata", json, { own: { "if-none-match": etag } })).status, 304);
  const page = await ask("/instances?limit=1&StudyInstanceUID=1.2.826.7.1", json, { own: { prefer: "count=exact" } });
  assert.deepEqual([page.headers.get("x-total-count"), ((await page.json()) as unknown[]).length], ["2", 1]);
  assert.deepEqual(await (await ask("/instances/count?StudyInstanceUID=1.2.826.7.1", json)).json(), { count: 2 });
  const xml = await ask("/studies?PatientID=M-1", 'multipart/related; type="application/dicom+xml"');
  assert.match(await xml.text(), /<FamilyName>Müller<\/FamilyName>/);
});

test("a work item is made, taken by one, and not by another; what is kept is committed to", async () => {
  const send = (method: string, path: string, body: object) =>
    ask(path, json, { method, body: JSON.stringify([body]), own: { "content-type": json } });
  const state = (to: string, transaction: string) =>
    send("PUT", "/workitems/1.2.826.7.9/state", {
      "00741000": { vr: "CS", Value: [to] },
      "00081195": { vr: "UI", Value: [transaction] },
    });
  const label = { "00741204": { vr: "LO", Value: ["Report the CT"] } };
  assert.equal((await send("POST", "/workitems?workitem=1.2.826.7.9", label)).status, 201);
  assert.equal((await rows("/workitems?ProcedureStepState=SCHEDULED")).length, 1);
  assert.equal((await state("IN PROGRESS", "1.2.3")).status, 200);
  assert.equal((await state("CANCELED", "1.2.4")).status, 409);
  assert.equal((await state("CANCELED", "1.2.3")).status, 200);
  const reference = (uid: string) => ({
    "00081150": { vr: "UI", Value: ["1.2.840.10008.5.1.4.1.1.2"] },
    "00081155": { vr: "UI", Value: [uid] },
  });
  const asked = { "00081199": { vr: "SQ", Value: [reference("1.2.826.7.1.1.1"), reference("1.2.826.7.8")] } };
  const answer = (await (
    await send("POST", "/commitment-requests/1.2.826.7.5", asked)
  ).json()) as readonly JsonObject[];
  assert.deepEqual(
    ["00081199", "00081198"].map((key) => first(first(answer[0], key) as JsonObject, "00081155")),
    ["1.2.826.7.1.1.1", "1.2.826.7.8"],
  );
});

test("each file of pydicom that is stored comes back with the same bytes; what is refused has its reason", {
  skip: files.skip,
}, async () => {
  const sent = new Map<string, { readonly name: string; readonly bytes: Uint8Array }>();
  const parts: [Record<string, string>, Uint8Array][] = [];
  for (const place of [files.path, join(files.path, "../charset_files")]) {
    for (const name of (await readdir(place)).filter((one) => one.endsWith(".dcm"))) {
      const bytes = await readFile(join(place, name));
      sent.set(createHash("sha256").update(bytes).digest("hex"), { name, bytes });
      parts.push([{ "Content-Type": "application/dicom" }, bytes]);
    }
  }
  const reply = await store("application/dicom", parts);
  assert.equal(reply.status, 202);
  const answer = (await reply.json()) as Record<string, { readonly Value: readonly JsonObject[] }>;
  const refused = [...(answer["00081198"]?.Value ?? []), ...(answer["0008119A"]?.Value ?? [])];
  const stored = answer["00081199"]?.Value ?? [];
  assert.equal(stored.length + refused.length, parts.length);
  for (const item of refused) assert.equal(typeof first(first(item, "00741048") as JsonObject, "00000902"), "string");
  const places = new Set(stored.map((item) => String(first(item, "00081190"))));
  for (const url of places) {
    const got = await ask(url, kept);
    const [bytes = new Uint8Array(0)] = contents(
      new Uint8Array(await got.arrayBuffer()),
      got.headers.get("content-type"),
    );
    const own = sent.get(createHash("sha256").update(bytes).digest("hex"));
    assert.ok(own, url);
  }
  assert.ok(places.size >= 50, `${places.size} stored`);
});

/** Everything before the pixels that is not private. */
function header(file: Part10File | undefined): JsonObject {
  const elements = file?.dataSet.elements.filter(({ tag }) => tag < 0x7fe0_0000 && (tag & 0x1_0000) === 0) ?? [];
  return file === undefined ? {} : dicomJson(file.dataSet.replacedBy(elements));
}

test("what is not compressed comes in another transfer syntax as the same data set", { skip: files.skip }, async () => {
  const bytes = await readFile(join(files.path, "CT_small.dcm"));
  const { file } = readPart10(bytes);
  const uid = file?.dataSet.text("SOPInstanceUID");
  const [row] = await rows(`/instances?SOPInstanceUID=${uid}`);
  const url = String(first(row, "00081190"));
  const original = readPart10(
    new Uint8Array(await (await ask(url, "application/dicom; transfer-syntax=*")).arrayBuffer()),
  );
  for (const syntax of ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2"]) {
    const reply = await ask(url, `application/dicom; transfer-syntax=${syntax}`);
    const { file: other } = readPart10(new Uint8Array(await reply.arrayBuffer()));
    assert.deepEqual([reply.status, other?.syntax.uid], [200, syntax]);
    assert.deepEqual(header(other), header(original.file));
  }
});

test("nobody sees an image without being signed in, or without leave to read imaging studies", async () => {
  assert.equal((await fetch(`${base}/studies`)).status, 401);
  const own = { authorization: `Bearer ${await issue("system/Observation.rs")}` };
  assert.equal((await ask("/studies", json, { own })).status, 403);
  assert.equal((await ask("/studies/1.2.826.7.1", kept, { own })).status, 403);
});
