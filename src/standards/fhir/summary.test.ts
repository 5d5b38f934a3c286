/** FHIR R4 §3.1.1.5.8 (_summary=true) */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkResource } from "./structure.ts";
import { summarised } from "./summary.ts";

describe("the summary of a resource", () => {
  it("has the elements that R4 marks, and no others", () => {
    const patient = {
      resourceType: "Patient",
      id: "osei",
      meta: { versionId: "3" },
      language: "en",
      text: { status: "generated", div: "<div>Osei</div>" },
      contained: [{ resourceType: "Organization", id: "o" }],
      extension: [{ url: "urn:x", valueCode: "y" }],
      modifierExtension: [{ url: "urn:m", valueCode: "n" }],
      name: [{ family: "Osei", given: ["Abena"] }],
      birthDate: "1957-03-14",
      _birthDate: { extension: [{ url: "urn:x", valueCode: "y" }] },
      deceasedBoolean: false,
      maritalStatus: { text: "Married" },
      photo: [{ contentType: "image/png", data: "AAAA" }],
      contact: [{ name: { family: "Boateng" } }],
      link: [{ other: { reference: "Patient/1" }, type: "seealso" }],
    };
    const expected = ["_birthDate", "birthDate", "deceasedBoolean", "id", "link", "meta", "modifierExtension", "name"];
    assert.deepEqual(Object.keys(summarised(patient)).sort(), [...expected, "resourceType"].sort());
    assert.deepEqual(summarised(patient).name, patient.name);
  });

  it("leaves out what inner elements and datatypes do not mark", () => {
    const attachment = { contentType: "text/plain", title: "Letter", data: "AAAA" };
    const document = { resourceType: "DocumentReference", status: "current", content: [{ attachment }] };
    assert.deepEqual(summarised(document), {
      resourceType: "DocumentReference",
      status: "current",
      content: [{ attachment: { contentType: "text/plain", title: "Letter" } }],
    });
  });

  it("keeps what is required, so that it is still a resource", () => {
    const observation = { resourceType: "Observation", status: "final", code: { text: "Hb" }, note: [{ text: "low" }] };
    assert.deepEqual(checkResource(summarised(observation)), []);
    assert.equal(summarised(observation).note, undefined);
  });

  it("goes into the entries of a Bundle", () => {
    const entry = [{ fullUrl: "urn:uuid:1", resource: { resourceType: "Patient", gender: "female", photo: [] } }];
    const [first] = summarised({ resourceType: "Bundle", type: "collection", entry }).entry as unknown as [
      { resource: object },
    ];
    assert.deepEqual(first.resource, { resourceType: "Patient", gender: "female" });
  });
});
