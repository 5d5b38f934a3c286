/** Source: FHIR R4, the invariants of the base types. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { expectOk, isJsonObject, type Json, type JsonObject } from "#kernel";
import { shapeOf } from "#standards/fhir";
import { compileFhirPath, type FhirPath } from "#standards/fhirpath";
import { everyBaseConstraint } from "./constraint.ts";
import { nativeConstraints } from "./native-constraints.ts";
import { testedAt } from "./validation-case.ts";

const examplesFolder = join(import.meta.dirname, "../../../node_modules/hl7.fhir.r4.examples");
const skip = existsSync(examplesFolder) ? false : "npm package hl7.fhir.r4.examples is not installed";

test("every invariant of R4 is compiled", () => {
  const all = everyBaseConstraint();
  assert.ok(new Set(all.map(({ constraint }) => constraint.key)).size > 230, `${all.length} constraints`);
  for (const { path, constraint } of all) {
    if (nativeConstraints.has(constraint.key)) continue;
    const compiled = compileFhirPath(constraint.expression, { type: path });
    assert.ok(compiled.ok, `${constraint.key}: ${constraint.expression}`);
  }
});

interface Spot {
  readonly key: string;
  readonly path: string;
  readonly value: JsonObject;
}

/** The objects of a resource for which an invariant is written by hand; contained resources and choices apart. */
function spotsIn(value: Json, path: string): readonly Spot[] {
  const shape = shapeOf(path);
  if (!isJsonObject(value) || shape === undefined) return [];
  const own = (nativeAt.get(path) ?? []).map((key) => ({ key, path, value }));
  const inner = shape.elements.flatMap(({ name, types: [only] }) => {
    const found = value[name];
    if (only === undefined || only.name === "Resource" || found === undefined) return [];
    return (Array.isArray(found) ? found : [found]).flatMap((item) => spotsIn(item as Json, only.name));
  });
  return [...own, ...inner];
}

const isCompared = ({ constraint: { key } }: { readonly constraint: { readonly key: string } }): boolean =>
  nativeConstraints.has(key) && !key.startsWith("txt-");
const compared = everyBaseConstraint().filter(isCompared);
const nativeAt = new Map(
  [...Map.groupBy(compared, ({ path }) => path)].map(([path, list]) => [
    path,
    list.map(({ constraint }) => constraint.key),
  ]),
);
const expressions = new Map(compared.map(({ constraint }) => [constraint.key, constraint.expression]));

test("an invariant written by hand says what its expression says, on the official examples and on broken ones", {
  skip,
}, () => {
  const wanted = /^(?!Bundle|CodeSystem|ValueSet|StructureDefinition|SearchParameter).*-.*\.json$/;
  const files = readdirSync(examplesFolder).filter((file) => wanted.test(file));
  const verdicts = { held: 0, broken: 0 };
  for (const file of files.filter((_, index) => index % 3 === 0)) {
    const resource = JSON.parse(readFileSync(join(examplesFolder, file), "utf8")) as JsonObject;
    for (const variant of [resource, broken(resource)]) {
      for (const { key, path, value } of spotsIn(variant, String(variant.resourceType))) {
        const native = nativeConstraints.get(key)?.(value, { rootResource: variant });
        if (native === "ask") continue;
        assert.equal(native !== false, isHeld({ key, path, value }, variant), `${file} ${path} ${key}`);
        verdicts[native === false ? "broken" : "held"] += 1;
      }
    }
  }
  assert.ok(verdicts.held > 2_000 && verdicts.broken > 200, JSON.stringify(verdicts));
});

const expressionsAt = new Map<string, FhirPath>();

function isHeld({ key, path, value }: Spot, resource: JsonObject): boolean {
  const place = `${key} ${path}`;
  const expression = expressionsAt.get(place) ?? expectOk(compileFhirPath(expressions.get(key) ?? "", { type: path }));
  expressionsAt.set(place, expression);
  return expectOk(expression.test(value, { resource, rootResource: resource, now: testedAt })) !== false;
}

/** The same without narrative, with local references that lead nowhere, units without a system, and periods turned round. */
function broken(resource: JsonObject): JsonObject {
  const text = JSON.stringify(resource)
    .replaceAll(/"reference":"#[^"]+"/g, '"reference":"#nowhere"')
    .replaceAll('"system":"http://unitsofmeasure.org",', "")
    .replaceAll('"start":"20', '"start":"29');
  const { text: _, ...rest } = JSON.parse(text) as JsonObject;
  return rest;
}
