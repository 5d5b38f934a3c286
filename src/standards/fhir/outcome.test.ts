import assert from "node:assert/strict";
import { test } from "node:test";
import { busy, conflict, fault, forbidden, incorrect, notFound, type Problem, unavailable, unsupported } from "#kernel";
import { httpStatusOf, operationOutcome } from "./outcome.ts";
import { checkResource } from "./structure.ts";

test("a problem becomes an issue with its sentence, its code and its place", () => {
  const problem = incorrect("wrong-format", "birthDate is not a date.", { where: "Patient.birthDate" });
  assert.deepEqual(operationOutcome([problem]), {
    resourceType: "OperationOutcome",
    issue: [
      {
        severity: "error",
        code: "value",
        details: { text: "wrong-format" },
        diagnostics: "birthDate is not a date.",
        expression: ["Patient.birthDate"],
      },
    ],
  });
});

test("a fault shows nothing of what lies beneath", () => {
  const outcome = operationOutcome([
    fault("sql", "relation x does not exist", { where: "x", cause: new Error("secret") }),
  ]);
  assert.equal(outcome.issue[0]?.severity, "fatal");
  assert.doesNotMatch(JSON.stringify(outcome), /relation|secret|"x"/);
});

test("each category has its HTTP status, and some codes a closer one", () => {
  const statuses: readonly (readonly [Problem, number])[] = [
    [incorrect("c", "m"), 400],
    [forbidden("c", "m"), 403],
    [notFound("c", "m"), 404],
    [conflict("c", "m"), 409],
    [unsupported("c", "m"), 501],
    [busy("c", "m"), 429],
    [unavailable("c", "m"), 503],
    [fault("c", "m"), 500],
    [notFound("deleted", "m"), 410],
    [conflict("version-conflict", "m"), 412],
    [incorrect("precondition-failed", "m"), 412],
    [incorrect("business-rule", "m"), 422],
    [notFound("unknown-resource-type", "m"), 404],
    [incorrect("unknown-resource-type", "m"), 400],
  ];
  for (const [problem, status] of statuses) assert.equal(httpStatusOf([problem]), status, problem.code);
  assert.equal(httpStatusOf([incorrect("c", "m"), fault("c", "m")]), 500);
  assert.equal(httpStatusOf([]), 500);
});

test("every outcome is itself a correct resource", () => {
  const problems = [incorrect("wrong-format", "m", { where: "Patient.birthDate" }), fault("c", "m"), busy("c", "m")];
  assert.deepEqual(checkResource(operationOutcome(problems)), []);
  assert.deepEqual(checkResource(operationOutcome([])), []);
});
