/** The chart as a signed-in doctor reads it, over a real record. */
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import type { Context } from "#access";
import { expectOk, type JsonObject, type Result } from "#kernel";
import { fhirKinds, type Operation } from "#record";
import type { DiagnosticReport, Observation } from "#standards/fhir";
import { anEncounter, anObservation, aReport } from "../../../../test/builders/chart.ts";
import { aPatient } from "../../../../test/builders/patient.ts";
import { aRequest } from "../../../../test/builders/request.ts";
import { contextOf } from "../../../../test/handler-context.ts";
import { freshRecord, type TestRecord } from "../../../../test/record.ts";
import { mrONeill } from "../../../../test/ward/index.ts";
import type { CumulativeTable, EarlierResults, PatientBanner, ResultsPage, TimelinePage, Trend } from "../api.ts";
import { chartRoutes } from "./routes.ts";

const provenance = (id: string, message: string, report: string): Operation => ({
  action: "create",
  kind: "Provenance",
  id,
  body: {
    resourceType: "Provenance",
    target: [{ reference: `DiagnosticReport/${report}` }],
    recorded: "2026-11-23T09:31:00Z",
    agent: [{ who: { display: "lab" } }],
    entity: [{ role: "source", what: { reference: `LinkMessage/${message}` } }],
  },
});

function put(resource: { readonly resourceType: string; readonly id?: string }): Operation {
  return {
    action: "update",
    kind: resource.resourceType,
    id: resource.id ?? "",
    body: resource as unknown as JsonObject,
  };
}

/** Urea and electrolytes of one day: potassium and sodium. */
function aDay(day: string, potassium: number): readonly (Observation | DiagnosticReport)[] {
  const effectiveDateTime = `${day}T08:15:00+00:00`;
  const ids = [`k-${day}`, `na-${day}`];
  return [
    anObservation({ id: ids[0] ?? "", effectiveDateTime, valueQuantity: { value: potassium, unit: "mmol/L" } }),
    anObservation({
      id: ids[1] ?? "",
      effectiveDateTime,
      code: { text: "Sodium", coding: [{ system: "http://loinc.org", code: "2951-2" }] },
      valueQuantity: { value: 139, unit: "mmol/L" },
    }),
    aReport({ id: `ue-${day}`, effectiveDateTime, result: ids.map((id) => ({ reference: `Observation/${id}` })) }),
  ];
}

describe("the chart", () => {
  let opened: TestRecord;
  let context: Context;

  async function write(...operations: readonly Operation[]) {
    return expectOk(await opened.record.transact({ operations }));
  }

  async function ask(path: string, { query = "", ...params }: Readonly<Record<string, string>> = {}) {
    const route = chartRoutes.find((each) => each.path.endsWith(path));
    assert.ok(route, path);
    return route.handle(aRequest({ query, params: { id: "osei", ...params } }), context);
  }

  async function answer<T>(path: string, asked?: Readonly<Record<string, string>>): Promise<T> {
    return JSON.parse(String(expectOk(await ask(path, asked)).body));
  }

  function codeOf(result: Result<unknown>): string {
    return result.ok ? "ok" : result.problems[0].code;
  }

  before(async () => {
    opened = await freshRecord({ kinds: fhirKinds });
    context = contextOf(opened);
    await write(
      put({ ...aPatient(), id: "osei" }),
      put({ ...aPatient(mrONeill), id: "oneill" }),
      put(anEncounter()),
      ...["2026-11-20", "2026-11-21", "2026-11-22"].flatMap((day, at) => aDay(day, 4 + at).map(put)),
      put(anObservation({ id: "of-another", subject: { reference: "Patient/oneill" } })),
    );
  });

  it("has a banner, from which live changes are followed without a gap", async () => {
    const position = await opened.record.position();
    const banner = await answer<PatientBanner>("/banner");
    assert.deepEqual(
      [banner.name, banner.nhsNumber?.text, banner.encounter?.consultant, banner.allergies.state],
      ["OSEI, Adaeze Grace (Mrs)", "999 000 0018", "Dr Ingrid Lindqvist", "unrecorded"],
    );
    assert.ok(banner.position >= position);
  });

  it("lists allergies that are recorded", async () => {
    await write(
      put({
        resourceType: "AllergyIntolerance",
        id: "penicillin",
        patient: { reference: "Patient/osei" },
        code: { text: "Penicillin" },
        clinicalStatus: {
          coding: [{ system: "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", code: "active" }],
        },
      } as never),
    );
    const { allergies } = await answer<PatientBanner>("/banner");
    assert.equal(allergies.text, "Penicillin");
  });

  it("shows reports newest first, page by page, none twice", async () => {
    const first = await answer<ResultsPage>("/results", { query: "count=2" });
    assert.deepEqual(
      first.panels.map((panel) => [panel.id, panel.results.map((result) => result.value.text)]),
      [
        ["ue-2026-11-22", ["6 mmol/L", "139 mmol/L"]],
        ["ue-2026-11-21", ["5 mmol/L", "139 mmol/L"]],
      ],
    );
    const second = await answer<ResultsPage>("/results", { query: `count=2&cursor=${first.next}` });
    assert.deepEqual([second.panels.map((panel) => panel.id), second.next], [["ue-2026-11-20"], undefined]);
  });

  it("names the messages a report came from, the newest first", async () => {
    await write(provenance("p1", "m1", "ue-2026-11-22"), provenance("p2", "m2", "ue-2026-11-22"));
    const { panels } = await answer<ResultsPage>("/results");
    assert.deepEqual(panels[0]?.messages, ["m2", "m1"]);
    assert.deepEqual(panels[1]?.messages, []);
  });

  it("says of a corrected result what it was", async () => {
    await write(
      put(
        anObservation({
          id: "k-2026-11-20",
          status: "corrected",
          effectiveDateTime: "2026-11-20T08:15:00+00:00",
          valueQuantity: { value: 4.4, unit: "mmol/L" },
        }),
      ),
    );
    const { panels } = await answer<ResultsPage>("/results");
    const result = panels.at(-1)?.results[0];
    assert.deepEqual([result?.value.text, result?.status.text, result?.version], ["4.4 mmol/L", "Corrected", 2]);
    assert.deepEqual(
      result?.earlier.map((each) => [each.version, each.value.text, each.status.text]),
      [[1, "4 mmol/L", "Final"]],
    );
  });

  it("tells of any result what it said before, when asked", async () => {
    const asked = { observationId: "k-2026-11-20" };
    const { earlier } = await answer<EarlierResults>("/results/:observationId/earlier", asked);
    assert.deepEqual(
      earlier.map((each) => each.value.text),
      ["4 mmol/L"],
    );
    assert.equal(codeOf(await ask("/results/:observationId/earlier", { ...asked, id: "oneill" })), "not-found");
    assert.equal(codeOf(await ask("/results/:observationId/earlier", { observationId: "none" })), "not-found");
  });

  it("lists results that came without a report", async () => {
    await write(
      put(
        anObservation({
          id: "bedside",
          code: { text: "Capillary glucose" },
          valueQuantity: { value: 7.1, unit: "mmol/L" },
        }),
      ),
    );
    const { unreported } = await answer<ResultsPage>("/results");
    assert.deepEqual(
      unreported.map((result) => [result.name.text, result.value.text]),
      [["Capillary glucose", "7.1 mmol/L"]],
    );
  });

  it("shows one panel over time, oldest to the left", async () => {
    const table = await answer<CumulativeTable>("/results/cumulative", {
      query: "panel=http://loinc.org|24326-1&columns=2",
    });
    assert.deepEqual(
      table.rows.map((row) => [row.name.text, row.unit, row.cells.map((cell) => cell?.value.text)]),
      [
        ["Potassium", "mmol/L", ["5", "6"]],
        ["Sodium", "mmol/L", ["139", "139"]],
      ],
    );
    assert.equal(table.older, true);
  });

  it("shows one test over time", async () => {
    const trend = await answer<Trend>("/trend", { query: "code=http://loinc.org|2823-3" });
    assert.deepEqual(
      trend.points.map((point) => [point.time?.slice(0, 10), point.number]),
      [
        ["2026-11-20", 4.4],
        ["2026-11-21", 5],
        ["2026-11-22", 6],
      ],
    );
  });

  it("puts stays, orders, reports and documents into one list, and pages through it without gaps or repeats", async () => {
    const order = {
      status: "active",
      intent: "order",
      subject: { reference: "Patient/osei" },
      code: { text: "Blood culture" },
    };
    const document = {
      status: "current",
      subject: { reference: "Patient/osei" },
      description: "Clinic letter",
      content: [{ attachment: { contentType: "application/pdf", url: "Binary/letter" } }],
    };
    await write(
      put({
        resourceType: "ServiceRequest",
        id: "culture",
        ...order,
        authoredOn: "2026-11-21T12:00:00+00:00",
      } as never),
      put({ resourceType: "DocumentReference", id: "letter", ...document, date: "2026-11-19T10:00:00Z" } as never),
      put({ resourceType: "ServiceRequest", id: "undated", ...order } as never),
    );
    const paged = async (query: string) => {
      const pages: string[][] = [];
      let cursor: string | undefined = "";
      do {
        const page: TimelinePage = await answer<TimelinePage>("/timeline", {
          query: `${query}${cursor ? `&cursor=${cursor}` : ""}`,
        });
        pages.push(page.entries.map((entry) => entry.id));
        cursor = page.next;
      } while (cursor !== undefined);
      return pages;
    };
    const everything = ["stay", "ue-2026-11-22", "culture", "ue-2026-11-21", "ue-2026-11-20", "letter", "undated"];
    assert.deepEqual((await paged("count=2")).flat(), everything);
    assert.deepEqual(await paged("count=1&kind=order"), [["culture"], ["undated"]]);
    assert.deepEqual(await paged("kind=document"), [["letter"]]);
  });

  it("serves attachments of this patient, and nobody else's", async () => {
    const data = Buffer.from("%PDF-1.7").toString("base64");
    await write(
      put({ resourceType: "Binary", id: "letter", contentType: "application/pdf", data } as never),
      put({
        resourceType: "Binary",
        id: "other",
        contentType: "text/plain",
        data,
        securityContext: { reference: "Patient/oneill" },
      } as never),
      put(
        aReport({
          id: "inside",
          subject: { reference: "Patient/oneill" },
          presentedForm: [{ contentType: "application/pdf", data }],
        }),
      ),
    );
    const reply = expectOk(await ask("/attachments/:binaryId", { binaryId: "letter" }));
    assert.deepEqual([String(reply.body), reply.headers?.["content-type"]], ["%PDF-1.7", "application/pdf"]);
    assert.equal(codeOf(await ask("/attachments/:binaryId", { binaryId: "other" })), "not-found");
    const inside = { kind: "DiagnosticReport", resourceId: "inside", number: "0" };
    assert.equal(codeOf(await ask("/inside/:kind/:resourceId/:number", inside)), "not-found");
    assert.equal(codeOf(await ask("/inside/:kind/:resourceId/:number", { ...inside, id: "oneill" })), "ok");
    assert.equal(codeOf(await ask("/inside/:kind/:resourceId/:number", { ...inside, kind: "Patient" })), "not-found");
  });

  it("is not found for a patient who is not there, and says what is wrong with a question", async () => {
    assert.equal(codeOf(await ask("/banner", { id: "nobody" })), "not-found");
    assert.equal(codeOf(await ask("/results", { id: "nobody" })), "not-found");
    assert.equal(codeOf(await ask("/results", { query: "count=none" })), "query-incorrect");
    assert.equal(codeOf(await ask("/results", { query: "cursor=bogus" })), "cursor-incorrect");
    assert.equal(codeOf(await ask("/trend")), "query-incorrect");
  });
});
