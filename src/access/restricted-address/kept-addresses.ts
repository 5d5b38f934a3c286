import { failed, forbidden, type JsonObject, ok, type Problem, type Result } from "#kernel";
import { keyText, type Operation, parseBody, type Version } from "#record";
import { patientsOfVersion } from "../narrow/patients.ts";
import { isAddressCondition } from "./address-query.ts";
import { type Asking, keepsAddresses, markedPatients } from "./shown-addresses.ts";
import { addressedKinds, addressIn, isMarked, withAddressOf } from "./withheld-elements.ts";

/**
 * What somebody writes who is not shown restricted addresses, with what they were not shown as it stands, and from that version
 * alone. `before`: what stands where they write, by `keyText`. Problems: forbidden `address-restricted` where they would change an address or ask by one; those of the record.
 */
export async function keptAddresses(
  asking: Asking,
  operations: readonly Operation[],
  before: ReadonlyMap<string, Version>,
): Promise<Result<readonly Operation[]>> {
  if (keepsAddresses(asking.actor)) return ok(operations);
  if (operations.some((operation) => operation.action === "create" && isAddressCondition(operation))) {
    return failed(conditionRefused);
  }
  const marked = await markedAmong(asking, operations, before);
  if (!marked.ok || marked.value.size === 0) return marked.ok ? ok(operations) : marked;
  const kept: Operation[] = [];
  for (const operation of operations) {
    const standing = operation.action === "update" ? marked.value.get(keyText(operation)) : undefined;
    if (standing === undefined || operation.action !== "update") {
      kept.push(operation);
      continue;
    }
    const element = addressIn(operation.body);
    if (element !== undefined) return failed({ ...addressRefused, where: `${operation.kind}.${element}` });
    const body = withAddressOf(parseBody<JsonObject>(standing), operation.body);
    kept.push({ ifMatch: standing.version, ...operation, body });
  }
  return ok(kept);
}

/** What the updates would change, of those whose address is restricted. */
async function markedAmong(
  { record }: Asking,
  operations: readonly Operation[],
  before: ReadonlyMap<string, Version>,
): Promise<Result<ReadonlyMap<string, Version>>> {
  const standing = operations.flatMap((operation) =>
    operation.action === "update" && addressedKinds.has(operation.kind) ? (before.get(keyText(operation)) ?? []) : [],
  );
  if (standing.length === 0) return ok(new Map());
  const others = standing.filter((version) => version.kind !== "Patient" && !isMarked(version));
  const marked = await markedPatients(record, others.flatMap(patientsOfVersion));
  if (!marked.ok) return marked;
  const isHidden = (version: Version) =>
    isMarked(version) || patientsOfVersion(version).some((patient) => marked.value.has(patient));
  return ok(new Map(standing.filter(isHidden).map((version) => [keyText(version), version])));
}

const addressRefused: Problem = forbidden(
  "address-restricted",
  "The address is restricted: it is changed by those who keep addresses, and whatever else is changed without it.",
);

const conditionRefused = forbidden(
  "address-restricted",
  "A condition by an address, a telephone number or a practice is for those who keep restricted addresses.",
);
