/** Messages come in over a link, and the chart shows what they said: both sides of the department together. */
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { expectOk, ok, silentLog } from "#kernel";
import type { Patient } from "#standards/fhir";
import { anAdt, anOruR01, potassium } from "../../../../test/builders/index.ts";
import { aRequest } from "../../../../test/builders/request.ts";
import { contextOf } from "../../../../test/handler-context.ts";
import { aLaboratory, type Laboratory } from "../../../../test/laboratory.ts";
import type { Panel, PatientBanner, ResultsPage, Trend } from "../api.ts";
import { LiveHub } from "../live/live-hub.ts";
import { chartRoutes } from "./routes.ts";

describe("what a laboratory sends, on the chart", () => {
  let laboratory: Laboratory;
  let patientId: string;

  async function answer<T>(path: string, query = ""): Promise<T> {
    const route = chartRoutes.find((each) => each.path.endsWith(path));
    assert.ok(route, path);
    const request = aRequest({ query, params: { id: patientId } });
    return JSON.parse(String(expectOk(await route.handle(request, contextOf(laboratory.parts))).body));
  }

  async function panel(name: string): Promise<Panel> {
    const found = (await answer<ResultsPage>("/results")).panels.find((each) => each.name.text === name);
    assert.ok(found, name);
    return found;
  }

  async function send(message: string) {
    assert.equal((await laboratory.send(message)).code, "AA");
  }

  before(async () => {
    laboratory = await aLaboratory();
    await send(anAdt({ controlId: "A-1", allergies: [{ 2: "DA", 3: "PEN^Penicillin^L", 5: "Anaphylaxis" }] }));
    await send(anOruR01({ controlId: "M-1" }));
    patientId = ((await laboratory.all<Patient>("Patient"))[0] as Patient & { id: string }).id;
  });

  it("has the patient, the ward and the consultant of the admission, and the allergy", async () => {
    const banner = await answer<PatientBanner>("/banner");
    assert.deepEqual(
      [banner.name, banner.encounter?.consultant, banner.allergies.text],
      ["OSEI, Adaeze Grace (Mrs)", "Dr Ingrid Lindqvist", "Penicillin"],
    );
    assert.match(banner.ward ?? "", /WARD7/);
  });

  it("has numbers with their units, ranges and flags as the laboratory wrote them", async () => {
    const { results, requester, discipline, accessionNumber, orderNumber } = await panel("Urea and electrolytes");
    assert.deepEqual(
      results.map((result) => [result.name.text, result.value.text, result.range, result.interpretation?.code]),
      [
        ["Sodium", "138 mmol/L", "133 - 146", "N"],
        ["Potassium", "4.1 mmol/L", "3.5 - 5.3", "N"],
        ["Creatinine", "131 umol/L", "45 - 84", "H"],
      ],
    );
    assert.deepEqual(
      [requester?.text, discipline, accessionNumber, orderNumber],
      ["Dr Ingrid Lindqvist", "Chemistry", "26U004417", "ICE-70021"],
    );
  });

  it("is told of a correction while it is open, and then shows what the result was", async () => {
    const hub = new LiveHub({ feed: laboratory.record, log: silentLog });
    const { position } = await answer<PatientBanner>("/banner");
    const events = expectOk(
      hub.open(`Patient/${patientId}`, {
        after: position,
        signal: new AbortController().signal,
        sees: async (keys) => ok(keys),
      }),
    );
    const iterator = events[Symbol.asyncIterator]();
    await iterator.next();
    const corrected = { ...potassium, value: "4.60", status: "C" };
    await send(anOruR01({ controlId: "M-2", reportedAt: "20261123110000+0000", status: "C", obx: [corrected] }));
    const { value } = await iterator.next();
    await iterator.return?.();
    assert.equal(hub.openStreams, 0);
    assert.match(String(value), /event: change/);
    assert.match(String(value), /"Observation".*"DiagnosticReport"|"DiagnosticReport".*"Observation"/);
    const { results, messages } = await panel("Urea and electrolytes");
    const result = results.find((each) => each.name.text === "Potassium");
    assert.deepEqual([result?.value.text, result?.status.text], ["4.60 mmol/L", "Corrected"]);
    assert.deepEqual(
      result?.earlier.map((each) => [each.value.text, each.status.text]),
      [["4.1 mmol/L", "Final"]],
    );
    assert.equal(messages.length, 2);
    const { points } = await answer<Trend>("/trend", "code=http://loinc.org|2823-3");
    assert.deepEqual(
      points.map((point) => point.number),
      [4.6],
    );
  });

  it("has an organism with its sensitivities", async () => {
    await send(
      anOruR01({
        controlId: "M-3",
        filler: "26M000100",
        test: "MC^Urine culture^L",
        section: "MB",
        obx: [
          { type: "CE", test: "ORG^Organism^L", subId: "1", value: "ECOLI^Escherichia coli^L" },
          { type: "ST", test: "TRI^Trimethoprim^L", subId: "1", value: "R", flag: "R" },
          { type: "ST", test: "NIT^Nitrofurantoin^L", subId: "1", value: "S", flag: "S" },
        ],
      }),
    );
    const [organism, more] = (await panel("Urine culture")).results;
    assert.equal(more, undefined);
    assert.deepEqual(
      [organism?.organism, organism?.parts.map((part) => [part.name.text, part.interpretation?.text])],
      [
        "Escherichia coli",
        [
          ["Trimethoprim", "Resistant"],
          ["Nitrofurantoin", "Susceptible"],
        ],
      ],
    );
  });

  it("has a laid-out report in fixed width, a PDF to open, a bound as a bound, and a cancelled test as cancelled", async () => {
    await send(
      anOruR01({
        controlId: "M-4",
        filler: "26H000100",
        test: "HIST^Histology^L",
        section: "SP",
        obx: [
          { type: "FT", test: "HIST^Histology^L", value: "MACROSCOPIC\\.br\\   Core biopsy      12 mm" },
          { type: "ED", test: "PDF^Report^L", value: "^application^pdf^Base64^JVBERi0xLjcKJcfs" },
          { type: "NM", test: "CRP^C-reactive protein^L", value: "<5.0", units: "mg/L", range: "< 5" },
          { type: "NM", test: "TSH^TSH^L", status: "X" },
        ],
      }),
    );
    const { results, attachments } = await panel("Histology");
    assert.deepEqual(
      results.map((result) => [result.value.text, result.value.laidOut ?? false, result.status.stands]),
      [
        ["MACROSCOPIC\n   Core biopsy      12 mm", true, true],
        ["<5.0 mg/L", false, true],
        ["Result cannot be obtained", false, false],
      ],
    );
    const [pdf] = attachments;
    assert.equal(pdf?.contentType, "application/pdf");
    const route = chartRoutes.find((each) => each.path.endsWith("/attachments/:binaryId"));
    const binaryId = pdf?.url.split("/").at(-1) ?? "";
    const request = aRequest({ params: { id: patientId, binaryId } });
    const reply = route && expectOk(await route.handle(request, contextOf(laboratory.parts)));
    assert.equal(Buffer.from(reply?.body as Uint8Array).toString("base64"), "JVBERi0xLjcKJcfs");
  });
});
