import assert from "node:assert/strict";
import { test } from "node:test";
import type { StoredInstance } from "#imaging";
import { failed, incorrect, instant } from "#kernel";
import type { BlobHash } from "#record";
import { DataSet, dicomJson, makeElement } from "#standards/dicom";
import { acceptedMedia } from "#standards/dicomweb";
import { aDataSet } from "../../../../../test/builders/dicom.ts";
import { frameOffers, frameSyntax } from "./frame-choice.ts";
import { edited } from "./object-header.ts";
import { storedAnswer, storedStatus } from "./stored-outcome.ts";
import { matches } from "./workitems/match-json.ts";

const jpegLs = "1.2.840.10008.1.2.4.80";
const explicitLittle = "1.2.840.10008.1.2.1";

function anObject(transferSyntax: string): StoredInstance {
  return {
    study: "1.2",
    series: "1.3",
    instance: "1.4",
    sopClass: "1.2.840.10008.5.1.4.1.1.2",
    transferSyntax,
    number: 1,
    frames: 1,
    blob: "00" as BlobHash,
    sizeBytes: 1,
    dataSetAt: 0,
    pixelsAt: 0,
    metadata: undefined,
    edits: [],
    rejected: undefined,
    patient: undefined,
    studyRevision: "1",
    source: "CT1",
    receivedAt: instant(0),
  };
}

const frames: readonly (readonly [string, string, string | undefined])[] = [
  [jpegLs, 'multipart/related; type="application/octet-stream"; transfer-syntax=*', jpegLs],
  [jpegLs, 'multipart/related; type="application/octet-stream"', explicitLittle],
  [jpegLs, "image/jls", jpegLs],
  [explicitLittle, "image/jls", jpegLs],
  [explicitLittle, "image/jp2", "1.2.840.10008.1.2.4.90"],
  ["1.2.840.10008.1.2", "application/octet-stream", "1.2.840.10008.1.2"],
  ["1.2.840.10008.1.2.2", "application/octet-stream; transfer-syntax=*", explicitLittle],
  ["1.2.840.10008.1.2.4.102", "image/jls", undefined],
];

for (const [kept, accept, sent] of frames) {
  test(`a frame kept as ${kept}, asked for as ${accept}, goes out as ${sent ?? "nothing"}`, () => {
    const object = anObject(kept);
    const [accepted] = acceptedMedia(accept);
    assert.ok(accepted);
    const offer = frameOffers(object, true).find(
      ({ name, isMultipart }) => name === accepted.name && isMultipart === accepted.isMultipart,
    );
    assert.ok(offer);
    assert.equal(frameSyntax(object, { offer, accepted }), sent);
  });
}

test("an edit takes the place of its whole level, and its texts need no character set of the object", () => {
  const latin = makeElement("PatientName", Uint8Array.from(Buffer.from("M\xfcller^Anna", "latin1")), { vr: "PN" });
  assert.ok(latin);
  const plain = aDataSet({ OtherPatientIDs: "X", StudyInstanceUID: "1.2", StationName: "CT1" });
  const characterSet = makeElement("SpecificCharacterSet", ["ISO_IR 100"]);
  assert.ok(characterSet);
  const object = new DataSet([characterSet, ...plain.with(latin).elements]);
  const edit = JSON.stringify({
    "00100010": { vr: "PN", Value: [{ Alphabetic: "Müller^Anna", Ideographic: "山田" }] },
    "0020000D": { vr: "UI", Value: ["1.2"] },
  });
  assert.equal(object.text("PatientName"), "Müller^Anna");
  assert.deepEqual(dicomJson(edited(object, [edit])), {
    "00080005": { vr: "CS", Value: ["ISO_IR 192"] },
    "00081010": { vr: "SH", Value: ["CT1"] },
    "00100010": { vr: "PN", Value: [{ Alphabetic: "Müller^Anna", Ideographic: "山田" }] },
    "0020000D": { vr: "UI", Value: ["1.2"] },
  });
  assert.equal(edited(object, []), object);
});

test("the answer to a store request names what was kept, and tells why the rest was not", () => {
  const received = {
    study: "1.2",
    series: "1.3",
    instance: "1.4",
    sopClass: "1.1",
    patientId: "P",
    is: "new",
  } as const;
  const kept = { sopClass: "1.1", instance: "1.4", result: { ok: true, value: received } } as const;
  const refused = { sopClass: "1.1", instance: "1.5", result: failed(incorrect("uid-differs", "Other study.")) };
  const unread = { sopClass: undefined, instance: undefined, result: failed(incorrect("not-dicom", "No DICOM.")) };
  assert.deepEqual([[kept], [kept, refused], [unread]].map(storedStatus), [200, 202, 409]);
  const answer = JSON.stringify(storedAnswer([kept, refused, unread], () => "http://x"));
  assert.match(answer, /"00081198":.*"1\.5".*\[43264\].*Other study/);
  assert.match(answer, /"0008119A":.*\[49152\].*No DICOM/);
  assert.match(answer, /"00081199":.*"1\.4".*http:\/\/x/);
});

test("work items are matched by values, names without accents, wildcards, ranges and what is within sequences", () => {
  const item = {
    "00100010": { vr: "PN", Value: [{ Alphabetic: "Müller^Anna" }] },
    "00404005": { vr: "DT", Value: ["20260301120000"] },
    "00404018": { vr: "SQ", Value: [{ "00080100": { vr: "SH", Value: ["READ"] } }] },
  };
  const rows = [
    [[0x0010_0010], { is: "wildcard", pattern: "muller*" }, true],
    [[0x0010_0010], { is: "wildcard", pattern: "m?ller" }, false],
    [[0x0040_4005], { is: "range", from: "20260301", to: "20260301" }, true],
    [[0x0040_4005], { is: "range", to: "20260228" }, false],
    [[0x0040_4018, 0x0008_0100], { is: "one-of", values: ["SCAN", "READ"] }, true],
    [[0x0010_0020], { is: "empty" }, true],
    [[0x0010_0010], { is: "empty" }, false],
  ] as const;
  for (const [path, testing, expected] of rows)
    assert.equal(matches(item, { path, test: testing }), expected, JSON.stringify(testing));
});
