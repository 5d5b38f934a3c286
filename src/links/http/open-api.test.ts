import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "#kernel";
import { aRoute } from "../../../test/doors/http.ts";
import { openApi } from "./open-api.ts";

const about = { title: "Corridor", version: "1.2.3" };

test("each route is an operation under its path, with its parameters, its summary and who may use it", () => {
  const routes = [
    aRoute({ path: "/fhir/:type/:id", policy: "record.read", summary: "One resource.", problems: "operation-outcome" }),
    aRoute({ path: "/fhir/:type/:id", method: "DELETE", policy: "signed-in", summary: "Deletes it." }),
    aRoute({ path: "/healthz", summary: "Whether Corridor runs." }),
  ];
  const document = openApi(routes, about);
  assert.equal(document.openapi, "3.1.1");
  assert.deepEqual(document.info, about);
  const paths = document.paths as Record<string, Record<string, JsonObject>>;
  assert.deepEqual(Object.keys(paths), ["/fhir/{type}/{id}", "/healthz"]);
  const { get, delete: remove } = paths["/fhir/{type}/{id}"] ?? {};
  assert.equal(get?.summary, "One resource.");
  assert.equal(get?.["x-permission"], "record.read");
  const parameters = (get?.parameters ?? []) as readonly JsonObject[];
  assert.deepEqual(
    parameters.map(({ name }) => name),
    ["type", "id"],
  );
  assert.match(JSON.stringify(get?.responses), /application\/fhir\+json/);
  assert.equal(remove?.description, "For anyone who has signed in.");
  assert.match(JSON.stringify(remove?.responses), /application\/problem\+json/);
  assert.deepEqual(paths["/healthz"]?.get?.security, []);
});
