import { failed, isJsonObject, type Json, type JsonObject, ok, type Result } from "#kernel";
import { type Caring, caringSchema } from "../identity/caring.ts";
import type { User } from "../identity/user.ts";
import { caringExtension } from "./schema/user-schema.ts";
import { scimProblem } from "./scim-problem.ts";

/**
 * What the directory says of where a person works; what it never said stays as an administrator has set it,
 * and what it says no more is taken away. Undefined where it
 * says nothing of it. Problems: `invalidValue`, for what is no reference of the record.
 */
export function caringIn(resource: JsonObject, user: Known | undefined): Result<Caring | undefined> {
  const [said, saidBefore] = [saidIn(resource), saidIn(user?.directory?.resource)];
  if (said === undefined && saidBefore === undefined) return ok(undefined);
  const kept = Object.entries(user?.caring ?? {}).filter(([name]) => saidBefore?.[name] === undefined);
  const { practitioner, wards, teams } = said ?? {};
  const given = {
    ...(typeof practitioner === "string" ? { practitioner } : {}),
    ...(wards === undefined ? {} : { wards: valuesOf(wards) }),
    ...(teams === undefined ? {} : { teams: valuesOf(teams) }),
  };
  const read = caringSchema.safeParse({ ...Object.fromEntries(kept), ...given });
  return read.success ? ok(read.data) : failed(wrongCaring);
}

type Known = Pick<User, "caring" | "directory">;

function saidIn(resource: JsonObject | undefined): JsonObject | undefined {
  const said = resource?.[caringExtension.id];
  return isJsonObject(said) ? said : undefined;
}

function valuesOf(values: Json): readonly string[] {
  const list = Array.isArray(values) ? (values as readonly Json[]) : [];
  return list.filter(isJsonObject).map(({ value }) => String(value ?? ""));
}

const wrongCaring = scimProblem(
  "invalidValue",
  "A practitioner is Practitioner/id, a ward Location/id, a team CareTeam/id or Organization/id.",
  caringExtension.id,
);
