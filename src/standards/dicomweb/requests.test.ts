import assert from "node:assert/strict";
import { test } from "node:test";
import type { Result } from "#kernel";
import { parseByteRange } from "./byte-range.ts";
import { parseFrameList } from "./frame-list.ts";
import { defaultFrameSyntax, frameMedia, isFrameMedia } from "./frame-media.ts";
import { parseRendering } from "./rendering.ts";
import { parseUriRequest } from "./uri-request.ts";
import { changeState, mayUpdate, type WorkitemState } from "./workitem-state.ts";

// DICOM PS3.18 §8.3.5 (rendering), §9 (URI service), §10.4 (frames), §11 (work items); RFC 9110 §14 (ranges).

const codeOf = (result: Result<unknown>) =>
  result.ok ? result.value : result.problems.map(({ code }) => code).join(" ");

test("a window has a centre, a width and a function", () => {
  const windowOf = (text: string) => {
    const rendering = parseRendering(new URLSearchParams({ window: text }));
    return rendering.ok ? rendering.value.window : rendering.problems[0].code;
  };
  assert.deepEqual(windowOf("40,400"), { center: 40, width: 400, function: "linear" });
  assert.deepEqual(windowOf("-600.5,1500,SIGMOID"), { center: -600.5, width: 1500, function: "sigmoid" });
  for (const wrong of ["40", "40,0", "40,400,cubic", "a,b", "1,2,linear,3"])
    assert.equal(windowOf(wrong), "window-invalid");
});

test("a viewport has a size, and the part of the image that is shown in it, turned over where a side is negative", () => {
  const viewportOf = (text: string) => {
    const rendering = parseRendering(new URLSearchParams({ viewport: text }));
    return rendering.ok ? rendering.value.viewport : rendering.problems[0].code;
  };
  assert.deepEqual(viewportOf("128,64"), { width: 128, height: 64, source: undefined });
  assert.deepEqual(viewportOf("512,512,10,20,-100,50"), {
    width: 512,
    height: 512,
    source: { left: 10, top: 20, width: 100, height: 50, isFlippedAcross: true, isFlippedDown: false },
  });
  for (const wrong of ["512", "0,5", "99999,5", "5,5,1", "5,5,1,1,0,1"])
    assert.equal(viewportOf(wrong), "viewport-invalid");
});

test("everything wrong with how an image is to be shown is told at once", () => {
  const wrong = new URLSearchParams({ quality: "0", annotation: "patient,other", iccprofile: "srgb" });
  assert.equal(codeOf(parseRendering(wrong)), "icc-profile-unsupported quality-invalid annotation-unknown");
});

test("frames are numbers from 1 on", () => {
  assert.deepEqual(codeOf(parseFrameList("1,3,2")), [1, 3, 2]);
  for (const wrong of ["0", "", "1,,2", "a", "1-3"]) assert.equal(codeOf(parseFrameList(wrong)), "frame-list-invalid");
});

const ranges: readonly (readonly [string | undefined, unknown])[] = [
  [undefined, "whole"],
  ["bytes=0-3", { fromByte: 0, lengthBytes: 4 }],
  ["bytes=8-", { fromByte: 8, lengthBytes: 2 }],
  ["bytes=-3", { fromByte: 7, lengthBytes: 3 }],
  ["bytes=5-99", { fromByte: 5, lengthBytes: 5 }],
  ["bytes=10-", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=3-1", "whole"],
  ["bytes=0-1,4-5", "whole"],
  ["items=0-1", "whole"],
];

for (const [header, expected] of ranges) {
  test(`of ten bytes, ${header ?? "no range"} is ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(parseByteRange(header, 10), expected);
  });
}

test("each compressed syntax has its media type, and each media type its lossless syntax", () => {
  assert.equal(frameMedia("1.2.840.10008.1.2.4.80"), "image/jls");
  assert.equal(frameMedia("1.2.840.10008.1.2.1"), "application/octet-stream");
  assert.equal(defaultFrameSyntax("image/jp2"), "1.2.840.10008.1.2.4.90");
  assert.equal(isFrameMedia("image/x-jls", "1.2.840.10008.1.2.4.81"), true);
});

test("a request by URI is read, and what is wrong with it told at once", () => {
  const text = "requestType=WADO&studyUID=1.2&seriesUID=1.3&objectUID=1.4";
  const request = parseUriRequest(new URLSearchParams(`${text}&rows=64&windowCenter=40&windowWidth=400&frameNumber=2`));
  assert.ok(request.ok);
  assert.equal(request.value.frame, 2);
  assert.deepEqual(request.value.rendering.viewport, { width: 64, height: 64, source: undefined });
  assert.equal(request.value.rendering.window?.width, 400);
  assert.equal(
    codeOf(parseUriRequest(new URLSearchParams("requestType=wado&studyUID=x&anonymize=yes&objectUid=1"))),
    "parameter-unknown parameter-invalid parameter-unsupported parameter-invalid parameter-missing parameter-missing",
  );
});

const T = "1.2.3";
const changes: readonly (readonly [WorkitemState, string, string | undefined, string | undefined, string])[] = [
  ["SCHEDULED", "IN PROGRESS", undefined, T, "changed"],
  ["SCHEDULED", "COMPLETED", undefined, T, "not-started"],
  ["SCHEDULED", "CANCELED", undefined, T, "not-started"],
  ["IN PROGRESS", "IN PROGRESS", T, T, "already-started"],
  ["IN PROGRESS", "COMPLETED", T, T, "changed"],
  ["IN PROGRESS", "CANCELED", T, T, "changed"],
  ["IN PROGRESS", "COMPLETED", T, "1.9", "transaction-wrong"],
  ["IN PROGRESS", "COMPLETED", T, undefined, "transaction-missing"],
  ["IN PROGRESS", "SCHEDULED", T, T, "state-unknown"],
  ["COMPLETED", "COMPLETED", T, T, "same"],
  ["COMPLETED", "CANCELED", T, T, "already-completed"],
  ["CANCELED", "CANCELED", T, T, "same"],
  ["CANCELED", "IN PROGRESS", T, T, "already-canceled"],
];

for (const [from, to, held, named, expected] of changes) {
  test(`a work item that is ${from}, set to ${to} by ${named ?? "nobody"}: ${expected}`, () => {
    assert.equal(codeOf(changeState({ from, to, held, named })), expected);
  });
}

test("who holds a work item changes it; nobody does once it is finished", () => {
  assert.equal(codeOf(mayUpdate({ from: "SCHEDULED", held: undefined, named: undefined })), undefined);
  assert.equal(codeOf(mayUpdate({ from: "IN PROGRESS", held: T, named: T })), undefined);
  assert.equal(codeOf(mayUpdate({ from: "IN PROGRESS", held: T, named: "1.9" })), "transaction-wrong");
  assert.equal(codeOf(mayUpdate({ from: "COMPLETED", held: T, named: T })), "already-completed");
});
