/** Which types stand in hierarchies. FHIR R4 §3.1.1.4.12. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { resourceTypes } from "./definitions.ts";
import { hierarchyOf } from "./hierarchies.ts";
import { searchParametersOf } from "./search-parameters.ts";

test("a type stands in a hierarchy where it has a parameter of what it is part of that may be of the same type", () => {
  const partOf = /\.(partOf|parent|parentDevice)$/;
  const expected = resourceTypes.flatMap((type) =>
    searchParametersOf(type)
      .filter(({ expression = "", targets }) => partOf.test(expression) && targets.includes(type))
      .map(({ code }) => [type, code]),
  );
  const known = resourceTypes.map((type) => [type, hierarchyOf(type)]).filter(([, code]) => code !== undefined);
  assert.deepEqual(known, expected);
});
